package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.StructType;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A data file of a version, with its size and the time it covers.
///
/// @param partition values by column name
/// @param rows without those a deletion vector takes out; -1 when its writer kept no statistics
/// @param earliest lower bound of `recorded_at`, null when unknown
/// @param latest upper bound of `recorded_at`, null when unknown
record LiveFile(
        KernelInternals.LoggedFile logged,
        Path path,
        Map<String, @Nullable String> partition,
        long bytes,
        long rows,
        @Nullable Instant earliest,
        @Nullable Instant latest) {

    static List<LiveFile> list(DeltaTable table, Snapshot snapshot) {
        var files = new ArrayList<LiveFile>();
        var layout = new FileLayout(snapshot);
        var scan = snapshot.getScanBuilder().build();
        try (var batches = scan.getScanFiles(table.engine(), true)) {
            while (batches.hasNext()) {
                try (var rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        var logged = KernelInternals.loggedFile(rows.next());
                        files.add(of(table.directory(), layout, logged));
                    }
                }
            }
        } catch (IOException e) {
            throw LakeFailures.disk("Listing the files of " + table.name(), e);
        }
        return Collections.unmodifiableList(files);
    }

    private static LiveFile of(
            Path directory, FileLayout layout, KernelInternals.LoggedFile logged) {
        var partition = layout.partition(logged.partition());
        // No other column's bounds are asked for: most of the time would go into reading them.
        var moment = layout.storedOrNull(TableDef.RECORDED_AT);
        var statistics =
                logged.statistics(new StructType(moment == null ? List.of() : List.of(moment)));
        var rows = statistics.map(s -> s.rows() - logged.deletedRows()).orElse(-1L);
        var column = new Column(moment == null ? TableDef.RECORDED_AT : moment.getName());
        var low = statistics.map(s -> s.lowest().get(column)).orElse(null);
        var high = statistics.map(s -> s.highest().get(column)).orElse(null);
        var day = partition.get(TableDef.DATE);
        return new LiveFile(
                logged,
                resolve(directory, logged.path()),
                Collections.unmodifiableMap(partition),
                logged.bytes(),
                rows,
                low != null ? moment(low) : startOf(day, 0),
                // Statistics are cut to milliseconds, so the true maximum may lie above.
                high != null ? moment(high).plusMillis(1) : startOf(day, 1));
    }

    boolean hasDeletedRows() {
        return logged.deletedRows() > 0;
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
