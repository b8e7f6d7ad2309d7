package io.lakebaseops.console.overview;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Everything the overview shows at one moment.
///
/// @param measuredAt null when nothing was measured yet
/// @param gauges in the order of the definitions
record OverviewSnapshot(
        Verdict verdict,
        @Nullable Instant measuredAt,
        List<Reading> gauges,
        List<Charts.Chart> charts,
        List<FiledPlan> waiting,
        Today today,
        List<Alert> alerts,
        List<StoredFinding> findings,
        List<ActivityTimeline.Entry> moments) {
    OverviewSnapshot {
        gauges = List.copyOf(gauges);
        charts = List.copyOf(charts);
        waiting = List.copyOf(waiting);
        alerts = List.copyOf(alerts);
        findings = List.copyOf(findings);
        moments = List.copyOf(moments);
    }
}
