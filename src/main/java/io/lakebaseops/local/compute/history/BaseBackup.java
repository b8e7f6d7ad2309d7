package io.lakebaseops.local.compute.history;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/// A base backup that a restore can start from. It serves every point at or after its end.
///
/// @param dir holds `data` (without WAL) and this description
/// @param firstSegment last 16 characters of the first segment its recovery reads
/// @param bytes size of its files
public record BaseBackup(Path dir, String firstSegment, Lsn end, Instant endTime, long bytes) {
    private static final String FILE = "base.properties";

    public Path data() {
        return dir.resolve("data");
    }

    boolean serves(PastPoint point) {
        return switch (point) {
            case PastPoint.Moment(Instant time) -> !endTime.isAfter(time);
            case PastPoint.Position(Lsn lsn) -> end.compareTo(lsn) <= 0;
        };
    }

    void write() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("firstSegment", firstSegment);
        properties.setProperty("end", end.toString());
        properties.setProperty("endTime", endTime.toString());
        properties.setProperty("bytes", Long.toString(bytes));
        try (Writer out = Files.newBufferedWriter(dir.resolve(FILE))) {
            properties.store(out, null);
        }
    }

    static BaseBackup read(Path dir) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(dir.resolve(FILE))) {
            properties.load(in);
        }
        return new BaseBackup(
                dir,
                value(properties, "firstSegment"),
                Lsn.parse(value(properties, "end")),
                Instant.parse(value(properties, "endTime")),
                Long.parseLong(value(properties, "bytes")));
    }

    private static String value(Properties properties, String key) {
        return Objects.requireNonNull(properties.getProperty(key), key);
    }
}
