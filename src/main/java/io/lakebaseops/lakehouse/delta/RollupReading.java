package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.Rollup;
import io.lakebaseops.lakehouse.RollupScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Divides the history of a branch between its rows and their sums, for one query: every day is
/// read from one table, and of a day that is read by the hour, the hours with an edge in them from
/// the rows.
final class RollupReading {
    private static final Duration DAY = Duration.ofDays(1);

    private final RollupScope scope;
    private final Map<TableName, Snapshot> snapshots = new HashMap<>();
    private final Set<Map<String, @Nullable String>> byDay = new HashSet<>();
    private final Set<Map<String, @Nullable String>> byHour = new HashSet<>();

    private RollupReading(RollupScope scope) {
        this.scope = scope;
    }

    static RollupReading of(
            RollupScope scope, ReadScope asked, Function<TableName, DeltaTable> tables) {
        var reading = new RollupReading(scope);
        var source = tables.apply(scope.hourly().source());
        var part = TablePart.of(reading.snapshot(source).getSchema(), asked);
        var hours = reading.files(scope.hourly(), tables);
        var days = reading.files(scope.daily(), tables);
        if (scope.edges().isEmpty() || asked.branch() == null) {
            return reading;
        }
        var all = RollupMark.byPartition(source.files(reading.snapshot(source)));
        all.forEach(
                (partition, files) -> {
                    if (files.stream().noneMatch(part.files())) {
                        return;
                    }
                    var start = start(partition);
                    boolean whole = scope.whole(start, start.plus(DAY));
                    if (whole
                            && scope.days()
                            && RollupMark.holds(scope.daily(), days.get(partition), files)) {
                        reading.byDay.add(partition);
                    } else if (RollupMark.holds(scope.hourly(), hours.get(partition), files)) {
                        reading.byHour.add(partition);
                    }
                });
        return reading;
    }

    private Map<Map<String, @Nullable String>, List<LiveFile>> files(
            Rollup rollup, Function<TableName, DeltaTable> tables) {
        var table = tables.apply(rollup.sums());
        return RollupMark.byPartition(table.files(snapshot(table)));
    }

    /// Of the three tables each query sees the version that its days were divided by.
    Snapshot snapshot(DeltaTable table) {
        return snapshots.computeIfAbsent(table.name(), _ -> table.latestFor(Use.READ));
    }

    /// What is left of a table's part.
    TablePart part(TableName table, TablePart part) {
        if (table.equals(scope.daily().sums())) {
            return part.and(f -> byDay.contains(f.partition()), "true");
        }
        if (table.equals(scope.hourly().sums())) {
            return part.and(f -> byHour.contains(f.partition()), wholeHours());
        }
        return table.equals(scope.hourly().source()) ? rows(part) : part;
    }

    private String wholeHours() {
        if (byHour.isEmpty()) {
            return "true";
        }
        var first = scope.edges().getFirst();
        var last = scope.edges().getLast();
        return Stream.concat(
                        Stream.of(
                                TablePart.span(
                                        first, last.minus(RollupScope.HOUR).plusNanos(1000))),
                        scope.cutHours().stream().map(h -> "NOT (" + hour(h) + ")"))
                .collect(Collectors.joining(" AND "));
    }

    private TablePart rows(TablePart part) {
        if (byDay.isEmpty() && byHour.isEmpty()) {
            return part;
        }
        var first = scope.edges().getFirst();
        var last = scope.edges().getLast();
        // Days read row by row, whole; of the others what no sum stands for.
        var summed =
                Stream.concat(byDay.stream(), byHour.stream())
                        .map(p -> "DATE " + TableView.quote(start(p).toString().substring(0, 10)))
                        .distinct()
                        .collect(Collectors.joining(", "));
        var outside =
                Stream.concat(
                                scope.cutHours().stream().map(RollupReading::hour),
                                Stream.of(TablePart.span(null, first), TablePart.span(last, null)))
                        .collect(Collectors.joining(" OR "));
        return part.and(
                f -> !isSummed(f) || (!byDay.contains(f.partition()) && reachesOutside(f)),
                "\"date\" NOT IN (%s) OR %s".formatted(summed, outside));
    }

    private boolean isSummed(LiveFile file) {
        return byDay.contains(file.partition()) || byHour.contains(file.partition());
    }

    private boolean reachesOutside(LiveFile file) {
        return TablePart.overlaps(file, null, scope.edges().getFirst())
                || TablePart.overlaps(file, scope.edges().getLast(), null)
                || scope.cutHours().stream()
                        .anyMatch(h -> TablePart.overlaps(file, h, h.plus(RollupScope.HOUR)));
    }

    private static String hour(Instant begin) {
        return TablePart.span(begin, begin.plus(RollupScope.HOUR));
    }

    private static Instant start(Map<String, @Nullable String> partition) {
        return LocalDate.parse(String.valueOf(partition.get(TableDef.DATE)))
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }
}
