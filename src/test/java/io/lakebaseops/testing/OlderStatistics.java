package io.lakebaseops.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The statistics of a stopped server as they were if everything in them had happened earlier: the
/// server itself offers no way to count for hours in a test. See [Pg17#restarted].
public final class OlderStatistics {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private OlderStatistics() {}

    /// @param data of a server that was stopped in good order
    /// @param since moments before that stay
    public static void by(Path data, Duration age, Instant since) {
        long from = ChronoUnit.MICROS.between(EPOCH, since);
        long to = ChronoUnit.MICROS.between(EPOCH, Instant.now());
        long micros = age.toNanos() / 1000;
        try (var files = Files.list(data.resolve("pg_stat"))) {
            for (var file : files.toList()) {
                var bytes = Files.readAllBytes(file);
                var values = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                // Where a moment stands is not aligned; no count is as large as one.
                for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
                    long at = values.getLong(i);
                    if (at >= from && at <= to) {
                        values.putLong(i, at - micros);
                    }
                }
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
