package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.EvidenceReader;
import io.lakebaseops.agents.health.monitoring.EvidenceReader.Found;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The content of the side pane: what is behind a tile, an alert or a finding.
sealed interface EvidenceContent {
    /// @param found the rows behind the figure, as they are now
    /// @param reason why there is no value; null when there is one
    /// @param limits both marks in words
    record Figure(
            Gauge gauge,
            Charts.Chart chart,
            String limits,
            @Nullable String reason,
            Found found,
            List<Alert> alerts,
            List<StoredFinding> findings)
            implements EvidenceContent {
        public Figure {
            alerts = List.copyOf(alerts);
            findings = List.copyOf(findings);
        }
    }

    record Finding(StoredFinding stored) implements EvidenceContent {}

    /// Reads; for the background.
    static EvidenceContent of(
            ConsoleServices services,
            EvidenceReader reader,
            TargetId target,
            Gauge gauge,
            Duration back) {
        var metric = gauge.metric();
        var reason =
                services.health()
                        .latest(target)
                        .map(r -> r.metrics().get(metric))
                        .map(m -> m.value().reason())
                        .orElse(null);
        var alerts =
                services.alerts().history(target, 200).stream()
                        .filter(a -> a.metric() == metric)
                        .limit(10)
                        .toList();
        var subjects = alerts.stream().map(a -> a.subject().display()).distinct().toList();
        var kinds = gauge.watched().evidence().findingKinds();
        var findings =
                services.findings().page(Findings.Filter.of(target), 0, 200).stream()
                        .filter(
                                f ->
                                        kinds.contains(f.finding().kind())
                                                || subjects.contains(subject(f)))
                        .toList();
        return new Figure(
                gauge,
                new Charts(services, target, back).evidence(metric, gauge.title()),
                gauge.limits(),
                reason,
                reader.read(
                        target,
                        gauge.watched().evidence(),
                        services.health().subject(target, metric)),
                alerts,
                findings);
    }

    private static String subject(StoredFinding stored) {
        return stored.finding().subject().display();
    }
}
