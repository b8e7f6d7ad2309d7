package io.lakebaseops.console.overview;

import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Everything the overview shows at one moment.
///
/// @param measuredAt null when nothing was measured yet
/// @param standings in the order of the definitions
/// @param gauges in the same order
record OverviewSnapshot(
        Verdict verdict,
        @Nullable Instant measuredAt,
        List<Standing> standings,
        List<Reading> gauges,
        List<Charts.Chart> charts,
        OverviewLists lists) {
    OverviewSnapshot {
        standings = List.copyOf(standings);
        gauges = List.copyOf(gauges);
        charts = List.copyOf(charts);
    }

    List<Alert> alerts() {
        return lists.alerts();
    }

    List<StoredFinding> findings() {
        return lists.findings();
    }
}
