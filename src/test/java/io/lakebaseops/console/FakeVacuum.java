package io.lakebaseops.console;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Ids;
import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.TableHistory;
import io.lakebaseops.agents.performance.maintenance.VacuumMonitor;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumRound.Part;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A vacuum state a test makes up; until then a server where nothing is to be cleaned.
public final class FakeVacuum implements VacuumMonitor {
    public volatile VacuumRound round = round(FakeShop.NOW, List.of(), List.of());
    public volatile QuietHours quiet = QuietHours.UNKNOWN;
    public volatile TableHistory history = TableHistory.NONE;
    public volatile @Nullable RuntimeException broken;
    public volatile @Nullable RuntimeException noHistory;
    public final AtomicInteger reads = new AtomicInteger();

    /// @param generatedUntil the rate of the ids rests on a generated history until then
    public static VacuumRound.Wraparound using(double perHour, @Nullable Instant generatedUntil) {
        var at = FakeShop.NOW.plusSeconds(86_400L * 130);
        var limit = new CheckTxidWraparoundRisk.Limit(at, at, null);
        var ids =
                new Ids(
                        207_000_000,
                        200_000_000,
                        perHour,
                        null,
                        limit,
                        limit,
                        limit,
                        generatedUntil);
        return new VacuumRound.Wraparound(ids, ids, List.of());
    }

    public static VacuumRound round(
            Instant at, List<HorizonHolder> holders, List<VacuumTable> tables) {
        var ids = new Ids(207_000_000, 200_000_000, null, null, null, null, null, null);
        return new VacuumRound(
                at,
                "storefront",
                null,
                true,
                Part.of(new VacuumRound.Horizon(holders)),
                Part.of(new VacuumRound.Running(0, 3, true, List.of(), List.of())),
                Part.of(new VacuumRound.Tables(tables, at)),
                Part.of(new VacuumRound.Wraparound(ids, ids, List.of())));
    }

    @Override
    public VacuumRound read(TargetId target) {
        reads.incrementAndGet();
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
        return round;
    }

    @Override
    public TableHistory history(TargetId target, VacuumTable table) {
        failWithoutHistory();
        return history;
    }

    private void failWithoutHistory() {
        var failure = noHistory;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public QuietHours quietHours(TargetId target) {
        failWithoutHistory();
        return quiet;
    }
}
