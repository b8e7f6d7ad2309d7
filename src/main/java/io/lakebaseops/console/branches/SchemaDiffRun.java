package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A comparison of the schemas of two branches: asked for, under way, or done.
///
/// @param wake a suspended compute may be started for it
/// @param output null until it came
/// @param failure why it could not be made; null when it could
record SchemaDiffRun(
        String source,
        String target,
        boolean wake,
        boolean running,
        CaptureSchemaDiff.@Nullable Output output,
        List<String> caveats,
        @Nullable String failure,
        Instant at) {
    SchemaDiffRun {
        caveats = List.copyOf(caveats);
    }

    static SchemaDiffRun begun(String source, String target, boolean wake, Instant now) {
        return new SchemaDiffRun(source, target, wake, true, null, List.of(), null, now);
    }

    SchemaDiffRun failed(String why, Instant now) {
        return new SchemaDiffRun(source, target, wake, false, null, List.of(), why, now);
    }

    SchemaDiffRun done(CaptureSchemaDiff.Output found, List<String> said, Instant now) {
        return new SchemaDiffRun(source, target, wake, false, found, said, null, now);
    }
}
