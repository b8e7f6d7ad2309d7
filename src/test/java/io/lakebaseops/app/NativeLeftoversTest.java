package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

final class NativeLeftoversTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path dir;

    private Path file(String name, Duration age) throws IOException {
        var file = Files.writeString(dir.resolve(name), "x");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    @Test
    void theLibrariesOfKilledProcessesGoAndNothingElse() throws IOException {
        var old = Duration.ofHours(2);
        file("libduckdb_java123456.so", old);
        file("libduckdb_java.so_linux_amd64", old);
        file("snappy-1.1.10-0a1b-libsnappyjava.so", old);
        file("libzstd-jni-1.5.7-3.dylib", old);
        var fresh = file("libduckdb_java99.so", Duration.ofMinutes(2));
        var other = file("libcrypto.so", old);
        var named = file("notes on libduckdb_java.so.txt", old);
        Files.createSymbolicLink(dir.resolve("libduckdb_java7.so"), other);
        assertThat(NativeLeftovers.remove(dir, NOW)).isEqualTo(4);
        assertThat(fresh).exists();
        assertThat(other).exists();
        assertThat(named).exists();
        assertThat(NativeLeftovers.remove(dir.resolve("none"), NOW)).isZero();
    }
}
