package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Path;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What happened to the branches of the project, on the time axis of the graph: created, reset,
/// extended and deleted, coloured by who did it; a warning ring is what did not happen, a faint dot
/// what was generated.
final class LifeCycle extends VBox {
    private static final double ROW = 21;
    private static final double NEAR = 6;

    private final ConsoleSession session;
    private final BranchGraph graph;
    private final BranchesViewModel model;
    private final Label sums = Nodes.label("", "card-note");
    private final List<Line> lines = new ArrayList<>();

    LifeCycle(ConsoleSession session, BranchGraph graph, BranchesViewModel model) {
        super(2);
        this.session = session;
        this.graph = graph;
        this.model = model;
        setId("life-cycle");
        getStyleClass().addAll("card", "life-cycle");
        sums.setId("life-sums");
        sums.setMinWidth(0);
        getChildren()
                .add(
                        Nodes.row(
                                Nodes.label(Texts.of("Life cycle"), "card-title"),
                                Nodes.spacer(),
                                sums));
        add(Texts.of("Created"), Feather.GIT_BRANCH, "created");
        add(Texts.of("Reset"), Feather.ROTATE_CCW, "reset", "skipped");
        add(Texts.of("Extended"), Feather.CLOCK, "extended");
        add(Texts.of("Deleted"), Feather.TRASH_2, "deleted", "expired");
        getChildren().add(legend());
        graph.onMoved(() -> lines.forEach(Region::requestLayout));
    }

    private void add(String words, Feather icon, String... kinds) {
        var line = new Line(words, icon, Set.of(kinds));
        lines.add(line);
        getChildren().add(line);
    }

    private static Node legend() {
        var legend = new HBox(14);
        legend.getStyleClass().add("branch-legend");
        for (var kind : Actor.Kind.values()) {
            var swatch = new Region();
            swatch.getStyleClass().addAll("life-swatch", css(kind));
            var entry =
                    Nodes.label(
                            Texts.of(
                                    kind == Actor.Kind.CI
                                            ? "CI"
                                            : kind.name().charAt(0)
                                                    + kind.name()
                                                            .substring(1)
                                                            .toLowerCase(Locale.ROOT)),
                            "row-sub");
            entry.setGraphic(swatch);
            legend.getChildren().add(entry);
        }
        return legend;
    }

    private static String css(Actor.Kind kind) {
        return "by-" + kind.name().toLowerCase(Locale.ROOT);
    }

    void show(BranchesSnapshot p) {
        var project = p.project();
        var all = new ArrayList<>(p.skipped());
        if (project != null) {
            all.addAll(project.events());
            var counts = new ArrayList<String>();
            for (var kind :
                    List.of(
                            Texts.marked("created"),
                            Texts.marked("deleted"),
                            Texts.marked("expired"),
                            Texts.marked("reset"),
                            Texts.marked("extended"),
                            Texts.marked("protected"))) {
                var n = project.sums().get(kind);
                if (n != null) {
                    counts.add(Format.grouped(n) + " " + Texts.of(kind));
                }
            }
            var until =
                    all.stream()
                            .filter(LifeEvent::generated)
                            .map(LifeEvent::at)
                            .max(Comparator.naturalOrder())
                            .map(
                                    at ->
                                            Texts.of(
                                                    "; generated until %s",
                                                    Texts.clock(at, graph.now(), session.zone())))
                            .orElse("");
            sums.setText(
                    counts.isEmpty()
                            ? Texts.of("30 days: nothing is recorded yet")
                            : Texts.of("30 days: %s%s", String.join(", ", counts), until));
        }
        lines.forEach(l -> l.show(all));
    }

    /// One kind of event.
    private final class Line extends Region {
        private final Set<String> kinds;
        private final Label name;
        private final Label newest = Nodes.label("", "lane-figure");
        private final Path rule = new Path();
        private final Path hollow = new Path();
        private final Map<Actor.Kind, Path> dots = new EnumMap<>(Actor.Kind.class);
        private final Map<Actor.Kind, Path> generated = new EnumMap<>(Actor.Kind.class);
        private final Tooltip tip = Nodes.tooltip("");
        private List<LifeEvent> events = List.of();

        Line(String words, Feather icon, Set<String> kinds) {
            this.kinds = kinds;
            name = Nodes.label(words, "branch-name");
            name.setGraphic(Nodes.icon(icon, Role.MUTED));
            rule.getStyleClass().add("life-rule");
            hollow.getStyleClass().add("lane-skipped");
            for (var kind : Actor.Kind.values()) {
                dots.put(kind, dot(kind));
                var faint = dot(kind);
                faint.getStyleClass().add("generated");
                generated.put(kind, faint);
            }
            newest.setId("life-newest-" + words.toLowerCase(Locale.ROOT));
            getChildren().addAll(rule, name);
            getChildren().addAll(generated.values());
            getChildren().addAll(dots.values());
            getChildren().addAll(hollow, newest);
            getChildren().forEach(n -> n.setManaged(false));
            setMinHeight(ROW);
            setPrefHeight(ROW);
            Tooltip.install(this, tip);
            setOnMouseMoved(e -> tip.setText(near(e.getX())));
            setOnMouseClicked(
                    e -> {
                        var at = nearest(e.getX());
                        if (at != null) {
                            model.select(at.branch());
                        }
                    });
        }

        private static Path dot(Actor.Kind kind) {
            var path = new Path();
            path.getStyleClass().addAll("life-dot", css(kind));
            return path;
        }

        void show(List<LifeEvent> all) {
            events = all.stream().filter(e -> kinds.contains(e.kind())).toList();
            var last = events.stream().max(Comparator.comparing(LifeEvent::at));
            newest.setText(last.map(this::words).orElse(Texts.of("none")));
            tip.setText(near(Double.NEGATIVE_INFINITY));
            newest.getStyleClass().remove("role-warning");
            if (last.filter(e -> e.kind().equals("skipped")).isPresent()) {
                newest.getStyleClass().add("role-warning");
            }
            setAccessibleText(
                    Texts.of("%s: %s, last %s", name.getText(), events.size(), newest.getText()));
            requestLayout();
        }

        private String words(LifeEvent e) {
            return "%s %s%s"
                    .formatted(
                            Texts.clock(e.at(), graph.now(), session.zone()),
                            e.branch(),
                            switch (e.kind()) {
                                case "skipped" -> Texts.of(" skipped");
                                case "expired" -> Texts.of(" expired");
                                default -> "";
                            });
        }

        private double x(LifeEvent e) {
            var columns = graph.columns();
            return 8 + columns.laneX() + graph.scale(columns).x(e.at());
        }

        private @Nullable LifeEvent nearest(double x) {
            return events.stream()
                    .filter(e -> Math.abs(x(e) - x) <= NEAR)
                    .min(Comparator.comparingDouble(e -> Math.abs(x(e) - x)))
                    .orElse(null);
        }

        private String near(double x) {
            var e = nearest(x);
            return e == null
                    ? Texts.of("%s, newest: %s", name.getText(), newest.getText())
                    : Texts.of(
                            "%s  %s %s by %s (%s)\n%s%s",
                            BranchDraft.moment(e.at(), session.zone()),
                            e.branch(),
                            e.kind(),
                            e.actor(),
                            e.by().name().toLowerCase(Locale.ROOT),
                            e.reason(),
                            e.generated() ? Texts.of("\ngenerated, no such branch was there") : "");
        }

        @Override
        protected void layoutChildren() {
            var columns = graph.columns();
            var scale = graph.scale(columns);
            double left = 8 + columns.laneX();
            double mid = getHeight() / 2;
            name.resizeRelocate(10, 0, columns.name() - 10, getHeight());
            rule.getElements().clear();
            Lane.horizontal(rule, left, left + scale.width(), mid, mid);
            Lane.horizontal(rule, left + scale.nowX(), left + scale.nowX(), 0, getHeight());
            dots.values().forEach(d -> d.getElements().clear());
            generated.values().forEach(d -> d.getElements().clear());
            hollow.getElements().clear();
            for (var e : events) {
                double x = left + scale.x(e.at());
                if (e.kind().equals("skipped")) {
                    Lane.circle(hollow, x, mid, 4);
                } else {
                    var path = (e.generated() ? generated : dots).get(e.by());
                    if (path != null) {
                        Lane.circle(path, x, mid, 4);
                    }
                }
            }
            double from = 8 + columns.lifeX();
            newest.resizeRelocate(from, 0, Math.max(60, getWidth() - from - 4), getHeight());
        }
    }
}
