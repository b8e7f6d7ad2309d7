package io.lakebaseops.agents.performance.maintenance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The next day of all large tables of a database under the autovacuum settings of today, and under
/// those proposed, with the workers they share.
public record AutovacuumForesight(AutovacuumSchedule today, AutovacuumSchedule proposed) {
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final AutovacuumSchedule NOTHING_RUNS =
            new AutovacuumSchedule(List.of(), Map.of(), 0);
    private static final AutovacuumForesight NOTHING =
            new AutovacuumForesight(NOTHING_RUNS, NOTHING_RUNS);

    /// @param tables in catalog order
    static AutovacuumForesight of(
            List<AutovacuumTuning.Table> tables, List<AutovacuumTuning> tunings) {
        Map<Long, AutovacuumTuning> chosen = new HashMap<>();
        tunings.forEach(t -> chosen.put(t.table().tableOid(), t));
        var now = new ArrayList<AutovacuumSchedule.Load>();
        var then = new ArrayList<AutovacuumSchedule.Load>();
        for (var t : tables) {
            double rate = AutovacuumTuning.deadPerHour(t);
            if (!t.enabled() || rate < 0) {
                continue;
            }
            double limit = t.limit(t.thresholdNow(), t.factorNow());
            var tuning = chosen.get(t.tableOid());
            now.add(t.load(rate, limit).cleaned());
            then.add(
                    t.load(
                                    rate,
                                    tuning == null
                                            ? limit
                                            : t.limit(tuning.threshold(), tuning.factor()))
                            .cleaned());
        }
        return now.isEmpty() ? NOTHING : of(now, then, tables.getFirst().server(), A_DAY);
    }

    /// The same of tables as a screen knows them; those without known rate are left out.
    public static AutovacuumForesight of(List<VacuumTable> tables, Duration span) {
        var now = new ArrayList<AutovacuumSchedule.Load>();
        var then = new ArrayList<AutovacuumSchedule.Load>();
        AutovacuumSchedule.Server server = null;
        for (var t : tables.stream().sorted(Comparator.comparingLong(VacuumTable::oid)).toList()) {
            var s = t.settings();
            if (s != null && server == null) {
                server = s.server();
            }
            if (s != null) {
                var proposed = s.proposed();
                now.add(s.load().cleaned());
                then.add(
                        (proposed == null ? s.load() : s.load().limited(proposed.limit()))
                                .cleaned());
            }
        }
        return server == null ? NOTHING : of(now, then, server, span);
    }

    private static AutovacuumForesight of(
            List<AutovacuumSchedule.Load> now,
            List<AutovacuumSchedule.Load> then,
            AutovacuumSchedule.Server server,
            Duration span) {
        return new AutovacuumForesight(
                AutovacuumSchedule.of(now, server, span),
                AutovacuumSchedule.of(then, server, span));
    }

    /// Dead rows at most; where its limit is not met in the time simulated, what it would have
    /// then.
    public double peakToday(VacuumTable t) {
        var s = t.settings();
        return s == null ? 0 : Math.max(s.today().peak(), today.of(t.name()).peak());
    }

    /// The same with what is proposed for it, or today's settings where nothing is.
    public double peakProposed(VacuumTable t) {
        var s = t.settings();
        var next = s == null ? null : s.proposed();
        return next == null ? peakToday(t) : Math.max(next.peak(), proposed.of(t.name()).peak());
    }

    /// Where the workers are what tables wait for, limits alone do not help.
    Optional<String> caveat() {
        var late =
                proposed.runs().stream()
                        .filter(r -> r.waitedHours() > 1)
                        .map(AutovacuumSchedule.Run::table)
                        .distinct()
                        .toList();
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s would wait more than an hour for a free worker even then: more autovacuum_max_workers or a higher autovacuum_vacuum_cost_limit helps, not limits of tables"
                                .formatted(
                                        late.getFirst()
                                                + (late.size() > 1
                                                        ? " and %d others"
                                                                .formatted(late.size() - 1)
                                                        : "")));
    }
}
