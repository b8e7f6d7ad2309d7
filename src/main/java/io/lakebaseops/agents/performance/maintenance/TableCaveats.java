package io.lakebaseops.agents.performance.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What limits a judgement of tables: counters that began anew, statistics that a login does not
/// see. Every tool that judges tables says the same of it.
final class TableCaveats {
    /// Counters of less than a day say nothing of nightly work.
    private static final Duration YOUNG = Duration.ofHours(24);

    private static final int MOST_NAMED = 10;

    private TableCaveats() {}

    static List<String> counters(String database, List<TableState> states) {
        var caveats = new ArrayList<String>();
        var lost = states.stream().filter(TableState::countersLost).toList();
        if (!lost.isEmpty()) {
            caveats.add(
                    "%s: the counters of %d tables began anew %s, after a crash, a restore or a reset; their rows are counted as the last ANALYZE found them"
                            .formatted(
                                    database,
                                    lost.size(),
                                    lost.getFirst().statsSince() == null
                                            ? "at an unknown time"
                                            : "at " + lost.getFirst().statsSince()));
        }
        states.stream()
                .map(TableState::statsSince)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(reset -> young(reset, states.getFirst().at()))
                .ifPresent(
                        reset ->
                                caveats.add(
                                        "%s: the statistics were reset at %s; lateness is counted from there"
                                                .formatted(database, reset)));
        return caveats;
    }

    static boolean young(Instant since, Instant at) {
        return Duration.between(since, at).compareTo(YOUNG) < 0;
    }

    /// Without statistics of the columns nobody can tell waste from rows.
    static Optional<String> unmeasured(
            String database, List<TableState> states, List<HeapBloat.Widths> widths) {
        var known = widths.stream().map(HeapBloat.Widths::tableOid).collect(Collectors.toSet());
        var blind =
                states.stream()
                        .filter(t -> t.overFloor() && !known.contains(t.tableOid()))
                        .map(t -> t.schemaName() + "." + t.tableName())
                        .sorted()
                        .toList();
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s: how much of %s is wasted is unknown: no statistics of their columns are visible to this login (needs SELECT on them, and ANALYZE)"
                                .formatted(database, first(blind)));
    }

    private static String first(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED
                        ? " and %d more".formatted(names.size() - MOST_NAMED)
                        : "");
    }
}
