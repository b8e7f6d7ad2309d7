package io.lakebaseops.framework;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What a tool is, for people, schedulers and models.
///
/// @param name snake case, the class is its CamelCase
/// @param agent `provisioning`, `performance` or `health`
/// @param summary one line; a language model reads it
/// @param requirement section of the product's requirements it fulfils, for example `B.indexes`
/// @param schedule default cron in UTC; null = only on request
/// @param scope what one run is about
public record ToolDescriptor(
        String name,
        String agent,
        String module,
        ToolKind kind,
        String summary,
        String requirement,
        @Nullable String schedule,
        Duration timeout,
        Scope scope) {

    public enum Scope {
        /// No database is needed.
        CONSOLE,
        /// One project of the control plane.
        PROJECT,
        /// One branch's (or plain target's) database server.
        BRANCH
    }
}
