package io.lakebaseops.console.help;

import io.lakebaseops.agents.health.archival.ArchiveColdDataToDelta;
import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.health.operations.CostAnomaly;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.change.approval.PlanQueue.Merit;
import io.lakebaseops.console.CronWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.cost.CapacityOutlook;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.lakehouse.history.StatementStatistics;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The limits and formulas' figures that help pages name, taken from where the product has them.
final class HelpFigures {
    private static final Map<String, String> ALL = all();

    private HelpFigures() {}

    /// By the name that stands in double braces.
    static Map<String, String> byName() {
        return ALL;
    }

    private static Map<String, String> all() {
        var figures = new TreeMap<String, String>();
        figures.put("thresholds", thresholds());
        figures.put("merit.repair", minutes(Merit.REPAIR));
        figures.put("merit.prepared", minutes(Merit.PREPARED));
        figures.put("trust.regained", Integer.toString(Trust.REGAINED));
        figures.put("statements.noteworthy", share(StatementStatistics.NOTEWORTHY));
        figures.put("vacuum.late", minutes(VacuumTable.LATE));
        figures.put("vacuum.critical_share", share(VacuumTable.CRITICAL_SHARE));
        figures.put("vacuum.bloated", share(VacuumTable.BLOATED));
        figures.put("xid.warning", Format.large(CheckTxidWraparoundRisk.WARNING_AGE).toString());
        figures.put("xid.critical", Format.large(CheckTxidWraparoundRisk.CRITICAL_AGE).toString());
        figures.put("quiet.shortest", Integer.toString(QuietHours.SHORTEST));
        figures.put("quiet.longest", Integer.toString(QuietHours.LONGEST));
        figures.put("archive.min_rows", Format.grouped(ArchiveColdDataToDelta.MIN_ROWS));
        figures.put("cost.spreads", Format.digits(CostAnomaly.SPREADS));
        figures.put("capacity.worst_error", share(CapacityOutlook.WORST_ERROR));
        for (var job : StandardJob.values()) {
            figures.put("job." + job.name().toLowerCase(Locale.ROOT), CronWords.of(job.cron()));
        }
        return Map.copyOf(figures);
    }

    /// One item a watched figure.
    private static String thresholds() {
        return MetricDefinitions.standard().watched().stream()
                .map(w -> "- **%s** %s".formatted(Texts.of(w.gauge().title()), limits(w)))
                .collect(Collectors.joining("\n"));
    }

    private static String limits(Watched w) {
        var rule = w.rule();
        var side = rule.bad() == AlertRule.Bad.BELOW ? Texts.of("under") : Texts.of("over");
        var lasting =
                rule.forAtLeast().isZero()
                        ? Texts.of("at once")
                        : Texts.of("after %s", Format.briefly(rule.forAtLeast()));
        return Texts.of(
                "Warning %s %s, critical %s %s, %s: %s.",
                side,
                Format.of(rule.metric(), rule.warning()),
                side,
                Format.of(rule.metric(), rule.critical()),
                lasting,
                Texts.of(rule.reason()));
    }

    private static String minutes(Duration d) {
        return d.toMinutes() + " min";
    }

    private static String share(double share) {
        return Math.round(share * 100) + " %";
    }
}
