package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.EvidenceReader;
import io.lakebaseops.agents.health.monitoring.EvidenceReader.Found;
import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.StoredFinding;
import io.lakebaseops.state.Outbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The content of the side pane: what is behind a tile, an alert or a finding.
sealed interface EvidenceContent {
    /// @param value as on the tile
    /// @param found the rows behind the figure, as they are now
    /// @param reason why there is no value; null when there is one
    /// @param messages about these alerts
    /// @param limits both marks in words
    record Figure(
            Gauge gauge,
            String value,
            Charts.Chart chart,
            String limits,
            @Nullable String reason,
            Found found,
            List<Alert> alerts,
            List<Outbox.Entry> messages,
            List<StoredFinding> findings)
            implements EvidenceContent {
        public Figure {
            alerts = List.copyOf(alerts);
            messages = List.copyOf(messages);
            findings = List.copyOf(findings);
        }

        /// The same with value, curve and rows as they are now.
        Figure again(
                ConsoleServices services, EvidenceReader reader, TargetId target, Duration back) {
            return read(services, reader, target, gauge, back, alerts, messages, findings);
        }
    }

    record Finding(StoredFinding stored) implements EvidenceContent {}

    /// Why a figure is as it is.
    ///
    /// @param gauge the figure asked about
    /// @param answer null when no diagnosis could be made
    /// @param gaps what could not be read, or why there is no answer
    record Cause(
            Gauge gauge, Instant at, DiagnoseRootCause.@Nullable Output answer, List<String> gaps)
            implements EvidenceContent {
        public Cause {
            gaps = List.copyOf(gaps);
        }

        static Cause of(Gauge gauge, ToolReport report) {
            return report.data() instanceof DiagnoseRootCause.Output output
                    ? new Cause(gauge, report.startedAt(), output, report.caveats())
                    : new Cause(
                            gauge,
                            report.startedAt(),
                            null,
                            List.of(
                                    Objects.requireNonNullElse(
                                            report.error(), Texts.of("no answer"))));
        }
    }

    /// Reads; for the background.
    static EvidenceContent of(
            ConsoleServices services,
            EvidenceReader reader,
            TargetId target,
            Gauge gauge,
            Duration back) {
        var metric = gauge.metric();
        var alerts =
                services.health().alerts().history(target, 200).stream()
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
        var messages = services.health().outbox().about(alerts.stream().map(Alert::id).toList());
        return read(services, reader, target, gauge, back, alerts, messages, findings);
    }

    private static Figure read(
            ConsoleServices services,
            EvidenceReader reader,
            TargetId target,
            Gauge gauge,
            Duration back,
            List<Alert> alerts,
            List<Outbox.Entry> messages,
            List<StoredFinding> findings) {
        var metric = gauge.metric();
        var now = services.health().board().latest(target).map(r -> r.metrics().get(metric));
        return new Figure(
                gauge,
                now.map(Metric::value)
                        .map(v -> v.value())
                        .map(v -> Format.of(metric, v).toString())
                        .orElse("–"),
                new Charts(services, target, back, List.of(), List.of())
                        .evidence(metric, gauge.title()),
                gauge.limits(),
                now.map(m -> m.value().reason()).orElse(null),
                reader.read(
                        target,
                        gauge.watched().evidence(),
                        services.health().board().subject(target, metric)),
                alerts,
                messages,
                findings);
    }

    private static String subject(StoredFinding stored) {
        return stored.finding().subject().display();
    }
}
