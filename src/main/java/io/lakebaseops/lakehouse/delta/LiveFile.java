package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A data file of a version, with its size and the time it covers.
///
/// @param rows -1 when its writer kept no statistics
/// @param earliest lower bound of `recorded_at`, null when unknown
/// @param latest upper bound of `recorded_at`, null when unknown
record LiveFile(
        AddFile entry,
        Path path,
        Map<String, @Nullable String> partition,
        long bytes,
        long rows,
        @Nullable Instant earliest,
        @Nullable Instant latest) {

    private static final Column RECORDED_AT = new Column(TableDef.RECORDED_AT);

    static List<LiveFile> list(DeltaTable table, Snapshot snapshot) {
        var files = new ArrayList<LiveFile>();
        var scan = snapshot.getScanBuilder().build();
        try (var batches = scan.getScanFiles(table.engine(), true)) {
            while (batches.hasNext()) {
                try (var rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        var add = rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
                        files.add(of(table.directory(), snapshot, new AddFile(add)));
                    }
                }
            }
        } catch (IOException e) {
            throw LakeFailures.disk("Listing the files of " + table.name(), e);
        }
        return Collections.unmodifiableList(files);
    }

    private static LiveFile of(Path directory, Snapshot snapshot, AddFile entry) {
        Map<String, @Nullable String> partition =
                new LinkedHashMap<>(VectorUtils.toJavaMap(entry.getPartitionValues()));
        var statistics = entry.getStats(snapshot.getSchema());
        var rows = statistics.map(s -> s.getNumRecords()).orElse(-1L);
        var low = statistics.map(s -> s.getMinValues().get(RECORDED_AT)).orElse(null);
        var high = statistics.map(s -> s.getMaxValues().get(RECORDED_AT)).orElse(null);
        var day = partition.get(TableDef.DATE);
        return new LiveFile(
                entry,
                resolve(directory, entry.getPath()),
                Collections.unmodifiableMap(partition),
                entry.getSize(),
                rows,
                low != null ? moment(low) : startOf(day, 0),
                // Statistics are cut to milliseconds, so the true maximum may lie above.
                high != null ? moment(high).plusMillis(1) : startOf(day, 1));
    }

    private static Instant moment(Literal micros) {
        var value = (Long) Objects.requireNonNull(micros.getValue());
        return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
    }

    private static @Nullable Instant startOf(@Nullable String day, int plusDays) {
        return day == null
                ? null
                : LocalDate.parse(day).plusDays(plusDays).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /// Paths in the log are relative and percent-encoded, or absolute when files were registered.
    static Path resolve(Path directory, String logged) {
        var uri = URI.create(logged);
        return uri.isAbsolute() ? Path.of(uri) : directory.resolve(uri.getPath());
    }
}
