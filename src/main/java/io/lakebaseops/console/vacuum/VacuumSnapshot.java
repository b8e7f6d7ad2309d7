package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.AutovacuumForesight;
import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumSettings;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.state.PostponedVacuums.Postponed;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything the vacuum screen shows at one moment, but for the pane of the selected table.
///
/// @param quiet null when the history could not be read
/// @param postponed vacuums that wait for the quiet hours
/// @param now as the console's clock says
record VacuumSnapshot(
        VacuumRound round, @Nullable QuietHours quiet, List<Postponed> postponed, Instant now) {
    VacuumSnapshot {
        postponed = List.copyOf(postponed);
    }

    List<VacuumTable> tables() {
        var tables = round.tables().value();
        return tables == null ? List.of() : tables.tables();
    }

    Optional<VacuumTable> table(String name) {
        return tables().stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /// The one whose end would release rows, or that has held the horizon for long.
    Optional<HorizonHolder> holder() {
        var horizon = round.horizon().value();
        return horizon == null
                ? Optional.empty()
                : horizon.holders().stream()
                        .filter(
                                h ->
                                        h.holds() == HorizonHolder.Holds.ALONE
                                                || h.holds() == HorizonHolder.Holds.TOGETHER)
                        .filter(h -> h.old() || (h.rows() != null && h.rows() >= WORTH_ENDING))
                        .findFirst();
    }

    /// Others that are simulated beside the chosen ones.
    private static final int SHARING = 100;

    /// Fewer rows are not worth anybody's session.
    private static final long WORTH_ENDING = 1_000;

    /// How far the tables are simulated: so that some runs of each fall into it.
    static Duration span(List<VacuumTable> chosen) {
        return chosen.stream()
                .map(VacuumTable::settings)
                .filter(Objects::nonNull)
                .map(VacuumSettings::span)
                .min(Duration::compareTo)
                .orElse(Duration.ofHours(1));
    }

    /// The chosen tables from now on, with the busiest others: they wait for the same workers.
    AutovacuumForesight foresight(List<VacuumTable> chosen) {
        var busiest =
                tables().stream()
                        .filter(t -> t.settings() != null && !chosen.contains(t))
                        .sorted(Comparator.comparingDouble(VacuumSnapshot::runs).reversed())
                        .limit(SHARING);
        return AutovacuumForesight.of(
                Stream.concat(chosen.stream(), busiest).toList(), span(chosen));
    }

    private static double runs(VacuumTable t) {
        var settings = t.settings();
        return settings == null ? 0 : settings.today().runsPerDay();
    }

    boolean waits(VacuumTable table) {
        return postponed.stream()
                .anyMatch(
                        p ->
                                p.schemaName().equals(table.schema())
                                        && p.tableName().equals(table.table()));
    }
}
