package io.lakebaseops.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// Removes the native libraries that killed processes left in the folder for temporary files: 70 MB
/// each. They are unpacked at every start and removed at the end, which a kill leaves out.
///
/// A library that a living process uses may be removed, too: it is loaded right after it was
/// unpacked, and stays in memory. Where the system forbids that it stays.
final class NativeLeftovers {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLeftovers.class);

    /// One that is being unpacked is younger.
    private static final Duration OLD = Duration.ofHours(1);

    /// Of DuckDB, Snappy and Zstandard on all systems.
    private static final Pattern NAMES =
            Pattern.compile(
                    "(libduckdb_java.*|snappy-.*(libsnappyjava|snappyjava)|libzstd-jni.*)\\.(so|dylib|jnilib|dll)(_.*)?");

    private NativeLeftovers() {}

    static void removeTemporary(Instant now) {
        remove(Path.of(System.getProperty("java.io.tmpdir")), now);
    }

    /// @return how many went
    static int remove(Path folder, Instant now) {
        int removed = 0;
        try (var files = Files.newDirectoryStream(folder, f -> left(f, now))) {
            for (var file : files) {
                try {
                    Files.delete(file);
                    removed++;
                } catch (IOException e) {
                    LOG.debug("{} stays: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read: {}", folder, e.getMessage());
        }
        if (removed > 0) {
            LOG.info("{} native libraries of killed processes removed", removed);
        }
        return removed;
    }

    private static boolean left(Path file, Instant now) throws IOException {
        return NAMES.matcher(String.valueOf(file.getFileName())).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(OLD));
    }
}
