package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.postgres.OwnLoad;
import io.lakebaseops.state.AlertLimits.Changed;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Every setting and what it comes to at one moment.
///
/// @param limits those people changed
/// @param generated what of the last day was generated and not measured; null when nothing was
/// @param load what this program cost the server shown
record SettingsSnapshot(
        TargetId target,
        List<Changed> limits,
        List<ThresholdLine> measures,
        @Nullable GeneratedHistory generated,
        ChannelDesk.Channels channels,
        List<Decision> decisions,
        OwnLoad load,
        ThresholdDesk.Changes changes,
        List<JobStatus> jobs,
        ConnectionDesk.Saved connections,
        ModelState model,
        Installation installation) {
    SettingsSnapshot {
        limits = List.copyOf(limits);
        measures = List.copyOf(measures);
        decisions = List.copyOf(decisions);
        jobs = List.copyOf(jobs);
    }

    List<Watched> watched() {
        return measures.stream().map(ThresholdLine::standard).toList();
    }
}
