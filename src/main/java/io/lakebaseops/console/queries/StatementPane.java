package io.lakebaseops.console.queries;

import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlLayout;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.StatementTrend;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One statement in depth: why it is slow, its text, its mean time, what it waits for, what it
/// reads, and what can be done.
final class StatementPane {
    /// Of the spec's alert on slow queries.
    private static final double SLOW_MILLIS = 5000;

    private static final int PLANS = 4;

    private final QueriesViewModel model;
    private final SidePane pane;

    StatementPane(QueriesViewModel model, Runnable close) {
        this.model = model;
        pane = new SidePane("statement-pane", close);
    }

    Node node() {
        return pane;
    }

    void show(@Nullable StatementLine line, @Nullable StatementDetail detail) {
        if (line == null) {
            pane.hide();
            return;
        }
        var beside = new ArrayList<Node>();
        var role =
                line.share() > 0.3 ? Role.CRITICAL : line.share() > 0.1 ? Role.WARNING : Role.MUTED;
        beside.add(Nodes.pill(Texts.of("%s of load", Format.percent(line.share())), role));
        var query = line.query();
        if (query != null) {
            beside.add(
                    Nodes.iconButton(
                            Feather.COPY,
                            Texts.of("Copy the statement"),
                            () -> SqlView.copy(query)));
        }
        pane.title(
                null,
                line.queryId() == null
                        ? line.text()
                        : Texts.of("Statement %s", StatementText.shortId(line.key())),
                beside);
        pane.note(note(line));
        var content = new ArrayList<Node>();
        if (detail != null) {
            content.add(diagnosis(detail));
        } else if (line.queryId() != null) {
            content.add(Nodes.wrapped(Texts.of("Explaining, without running it …"), "row-sub"));
        }
        if (line.query() != null) {
            content.add(new SqlView(SqlLayout.of(line.query())));
        } else if (line.queryId() != null) {
            content.add(
                    Nodes.wrapped(
                            Texts.of(
                                    "The text is not known: this login may not see it (GRANT pg_read_all_stats), or it ran only once and is gone."),
                            "row-sub"));
        }
        if (detail != null) {
            content.addAll(trend(line, detail));
            content.addAll(plans(detail));
            content.addAll(waits(detail));
            content.addAll(uses(detail));
            content.addAll(ideas(detail.diagnosis()));
        }
        pane.content(line.key(), content);
        acts(line);
    }

    private static String note(StatementLine line) {
        var parts = new ArrayList<String>();
        if (line.queryId() != null) {
            parts.add(line.key());
        }
        if (line.database() != null) {
            parts.add(line.database());
        }
        if (line.role() != null) {
            parts.add(line.role());
        }
        if (line.work() != null) {
            parts.add(Texts.count(Math.round(line.work().calls()), "call"));
        }
        if (line.simulated()) {
            parts.add(Texts.of("partly generated"));
        }
        if (line.reset()) {
            parts.add(Texts.of("counters were reset"));
        }
        return String.join(" · ", parts);
    }

    private static Node diagnosis(StatementDetail detail) {
        var d = detail.diagnosis();
        var words = d == null ? Texts.of("No plan: %s", detail.withoutDiagnosis()) : d.verdict();
        boolean found = d != null && !d.causes().isEmpty();
        var role = d == null ? Role.UNAVAILABLE : found ? Role.WARNING : Role.OK;
        var text = Nodes.wrapped(words, "banner-text");
        text.setId("diagnosis");
        var box = new VBox(4, text);
        if (found && d != null) {
            box.getChildren().add(Nodes.wrapped(d.causes().getFirst().why(), "row-sub"));
        }
        if (d != null && d.planChanged()) {
            box.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Texts.of("Its plan is another one than before."), "row-sub"));
        }
        box.getStyleClass().addAll("plan-problem", role.css());
        return box;
    }

    private List<Node> trend(StatementLine line, StatementDetail detail) {
        var trend = detail.trend();
        if (trend == null) {
            return List.of();
        }
        var chart = new TimeChart();
        chart.setId("mean-time");
        chart.logarithmic();
        chart.setMinHeight(110);
        chart.setPrefHeight(130);
        var p = model.dataProperty().get();
        if (p == null) {
            return List.of();
        }
        var points =
                trend.slices().stream()
                        .filter(s -> s.work().calls() > 0)
                        .map(s -> new Point(middle(s), s.work().meanMillis()))
                        .toList();
        chart.show(
                ChartPicture.of(
                                p.whole().from(),
                                p.whole().until(),
                                List.of(new Series(Texts.of("mean"), "series-1", false, points)),
                                StatementColumns::millis)
                        .limits(
                                List.of(
                                        new Limit(
                                                SLOW_MILLIS,
                                                Texts.of("slow query, 5 s"),
                                                Role.WARNING))));
        if (p.look().chosen() != null) {
            chart.choose(p.range().from(), p.range().until(), null, "");
        }
        var changed = StatementColumns.changeWords(line);
        var head =
                Nodes.row(
                        Nodes.label(Texts.of("Mean time"), "section-title"),
                        Nodes.label(Texts.of("log scale"), "row-sub"),
                        Nodes.spacer(),
                        Nodes.label(
                                Texts.of(
                                        "%s calls/s%s",
                                        StatementColumns.rate(StatementColumns.rate(line)),
                                        changed == null ? "" : " · " + changed),
                                "row-sub"));
        return List.of(head, chart);
    }

    private static Instant middle(StatementTrend.Slice slice) {
        return slice.from().plus(Duration.between(slice.from(), slice.until()).dividedBy(2));
    }

    private List<Node> plans(StatementDetail detail) {
        var kept = detail.plans();
        if (kept.isEmpty()) {
            return List.of(
                    Nodes.label(Texts.of("Plans"), "section-title"),
                    Nodes.wrapped(Texts.of("No plan was kept of it yet."), "row-sub"));
        }
        var facts = new Facts();
        for (var plan : kept.subList(Math.max(0, kept.size() - PLANS), kept.size())) {
            facts.add(
                    KeptPlans.name(plan.fingerprint()),
                    Texts.of(
                            "since %s%s%s",
                            model.clock(plan.at()),
                            plan.meanMillis() == null
                                    ? ""
                                    : " · " + StatementColumns.millis(plan.meanMillis()),
                            plan.simulated() ? Texts.of(" · generated") : ""));
        }
        var nodes = new ArrayList<Node>();
        nodes.add(
                Nodes.row(
                        Nodes.label(Texts.of("Plans"), "section-title"),
                        Nodes.label(
                                Texts.of("%s in 90 days", Texts.count(kept.size(), "plan")),
                                "row-sub")));
        nodes.add(facts);
        if (detail.planChange() != null) {
            nodes.add(Nodes.wrapped(detail.planChange(), "fact-value"));
        }
        return nodes;
    }

    private static List<Node> waits(StatementDetail detail) {
        double sum = detail.waits().values().stream().mapToDouble(v -> v).sum();
        if (sum <= 0) {
            return List.of(
                    Nodes.label(Texts.of("Waits"), "section-title"),
                    Nodes.wrapped(Texts.of("It was in no sample of this range."), "row-sub"));
        }
        var bar = new HBox();
        bar.getStyleClass().add("wait-bar");
        var legend = new FlowPane(12, 4);
        for (var one : WaitClass.values()) {
            double share = detail.waits().getOrDefault(one, 0.0) / sum;
            if (share > 0) {
                var part = new Region();
                part.getStyleClass().addAll("load-part", LoadChart.style(one));
                part.prefWidthProperty().bind(bar.widthProperty().multiply(share));
                part.setMinWidth(1);
                bar.getChildren().add(part);
                var square = new Region();
                square.getStyleClass().addAll("legend-square", LoadChart.style(one));
                var entry =
                        new HBox(
                                6,
                                square,
                                Nodes.label(
                                        "%s %s".formatted(one.label(), Format.percent(share)),
                                        "row-sub"));
                entry.setAlignment(Pos.CENTER_LEFT);
                legend.getChildren().add(entry);
            }
        }
        return List.of(
                Nodes.row(
                        Nodes.label(Texts.of("Waits"), "section-title"),
                        Nodes.spacer(),
                        Nodes.label(Texts.of("%s active sessions", Format.digits(sum)), "row-sub")),
                bar,
                legend);
    }

    private static List<Node> uses(StatementDetail detail) {
        if (detail.tables().isEmpty()) {
            return List.of();
        }
        return List.of(
                Nodes.label(Texts.of("Uses"), "section-title"),
                Nodes.wrapped(String.join("  ", detail.tables()), "fact-value"));
    }

    private static List<Node> ideas(@Nullable Diagnosis d) {
        if (d == null || d.causes().isEmpty()) {
            return List.of();
        }
        var nodes = new ArrayList<Node>();
        nodes.add(Nodes.label(Texts.of("What would mend it"), "section-title"));
        for (var cause : d.causes().stream().limit(5).toList()) {
            var box =
                    new VBox(
                            2,
                            Nodes.label(cause.title(), "strong-quiet"),
                            Nodes.wrapped(cause.remedy(), "fact-value"));
            cause.caveats().forEach(c -> box.getChildren().add(Nodes.wrapped(c, "row-sub")));
            nodes.add(box);
        }
        return nodes;
    }

    private void acts(StatementLine line) {
        if (line.queryId() == null) {
            pane.acts(null, List.of());
            return;
        }
        var open = Nodes.button(Texts.of("Open plan"), model::openPlan, "accent");
        open.setId("open-plan");
        Nodes.tip(open, Texts.of("Enter"));
        var branch = Nodes.button(Texts.of("Explain on a branch"), () -> {}, "keep");
        var why = model.whyNoBranch();
        branch.setDisable(why != null);
        pane.acts(
                why == null ? null : Nodes.wrapped(Texts.of("On a branch: %s", why), "row-sub"),
                List.of(branch, open));
    }
}
