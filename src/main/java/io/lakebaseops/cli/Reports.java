package io.lakebaseops.cli;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Writes what the console would show of a server as a document.
public interface Reports {
    /// Measures the server for a moment first, since some figures need two readings.
    void write(TargetId target, Options options);

    /// @param screen only this one, by its id; null for all
    /// @param html null for none; @param pdf null for none
    record Options(@Nullable String screen, @Nullable Path html, @Nullable Path pdf) {}
}
