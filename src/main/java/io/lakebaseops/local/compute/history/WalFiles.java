package io.lakebaseops.local.compute.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The write-ahead log that one branch has kept. Complete segments in its archive, the youngest
/// still in the data directory of its server.
///
/// Names of segments are 8 hex digits of timeline and 16 of position, so that the position compares
/// as text.
///
/// @param archive filled by PostgreSQL's own `basic_archive` module: no shell, any path
/// @param live `pg_wal` of the server
public record WalFiles(Path archive, Path live) {
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final Pattern HISTORY = Pattern.compile("[0-9A-F]{8}\\.history");
    private static final int TIMELINE_DIGITS = 8;

    public static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    public static boolean isHistory(String name) {
        return HISTORY.matcher(name).matches();
    }

    public static String position(String segment) {
        return segment.substring(TIMELINE_DIGITS);
    }

    /// Copies what `to` does not have yet, from position `first` to `last` (both included).
    public void copyTo(Path to, String first, String last) throws IOException {
        for (String name : names(archive, first, last)) {
            if (!Files.exists(to.resolve(name))) {
                Files.copy(archive.resolve(name), to.resolve(name));
            }
        }
        for (String name : names(live, first, last)) {
            if (!Files.exists(to.resolve(name))) {
                copyLive(name, to.resolve(name));
            }
        }
    }

    /// Copies the archived segments from position `first` on, over unfinished ones of that name.
    public void archivedTo(Path to, String first) throws IOException {
        for (String name : names(archive, first, "G")) {
            Files.copy(
                    archive.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// A live segment may be recycled while it is copied, but is archived before that: then the
    /// archive's copy counts.
    private void copyLive(String name, Path to) throws IOException {
        try {
            Files.copy(live.resolve(name), to);
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(to);
        }
        Path archived = archive.resolve(name);
        if (Files.exists(archived)) {
            Files.copy(archived, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Bytes archived from position `first` on.
    long bytesSince(String first) throws IOException {
        return names(archive, first, "G").stream().filter(WalFiles::isSegment).count()
                * Lsn.SEGMENT_BYTES;
    }

    /// Deletes archived segments before position `first`.
    void purge(String first) throws IOException {
        for (String name : names(archive, "", first)) {
            if (isSegment(name) && position(name).compareTo(first) < 0) {
                Files.deleteIfExists(archive.resolve(name));
            }
        }
    }

    private static List<String> names(Path dir, String first, String last) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (var files = Files.list(dir)) {
            return files.map(file -> Objects.requireNonNull(file.getFileName()).toString())
                    .filter(
                            name ->
                                    isHistory(name)
                                            || (isSegment(name)
                                                    && position(name).compareTo(first) >= 0
                                                    && position(name).compareTo(last) <= 0))
                    .sorted()
                    .toList();
        }
    }
}
