package io.lakebaseops.lakehouse.delta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Removes entries of the transaction log that a checkpoint has made dispensable.
///
/// Everything before the newest checkpoint that is itself older than the limit: versions since then
/// can still be rebuilt. Oldest first, so that a break leaves no gap.
final class LogCleanup {
    private static final Pattern ENTRY =
            Pattern.compile("(\\d{20})\\.(json|crc|checkpoint.*\\.(parquet|json))");

    private final DeltaTable table;
    private final Instant limit;

    LogCleanup(DeltaTable table, Instant limit) {
        this.table = table;
        this.limit = limit;
    }

    private record Entry(Path path, long version, boolean checkpoint) {}

    /// How many files went.
    int run() throws IOException {
        var entries = entries();
        long base = -1;
        for (var entry : entries) {
            if (entry.checkpoint && isOlder(entry.path)) {
                base = Math.max(base, entry.version);
            }
        }
        if (base < protectedBefore()) {
            return 0;
        }
        int deleted = 0;
        for (var entry : entries) {
            if (entry.version < base && Files.deleteIfExists(entry.path)) {
                deleted++;
            }
        }
        if (deleted > 0) {
            table.forget();
        }
        return deleted;
    }

    /// After a feature was dropped, its checkpoints keep readers that lack it from the commits
    /// before: those commits go all together or not at all.
    private long protectedBefore() {
        var version =
                table.latest()
                        .getTableProperties()
                        .get("delta.requireCheckpointProtectionBeforeVersion");
        return version == null ? 0 : Long.parseLong(version);
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(table.log())) {
            for (var file : files) {
                var match = ENTRY.matcher(file.getFileName().toString());
                if (match.matches()) {
                    boolean checkpoint = match.group(2).startsWith("checkpoint");
                    entries.add(new Entry(file, Long.parseLong(match.group(1)), checkpoint));
                }
            }
        }
        entries.sort(Comparator.comparingLong(Entry::version));
        return entries;
    }

    private boolean isOlder(Path path) throws IOException {
        return Files.exists(path) && Files.getLastModifiedTime(path).toInstant().isBefore(limit);
    }
}
