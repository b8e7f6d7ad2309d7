package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.state.PostponedVacuums.Postponed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /// Fewer rows are not worth anybody's session.
    private static final long WORTH_ENDING = 1_000;

    boolean waits(VacuumTable table) {
        return postponed.stream()
                .anyMatch(
                        p ->
                                p.schemaName().equals(table.schema())
                                        && p.tableName().equals(table.table()));
    }
}
