package io.lakebaseops.console.overview;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Alerts.Alert;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long alerts lasted, one dot an alert on a logarithmic axis: those an agent repaired in one
/// colour, the others in another, rings for those still open.
final class AlertDurations extends Region {
    private static final double AXIS = 18;
    private static final List<Duration> MARKS =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Duration.ofHours(10));

    private final Line base = new Line();
    private final List<Label> labels = new ArrayList<>();
    private final List<Circle> dots = new ArrayList<>();
    private List<Alert> alerts = List.of();
    private Instant now = Instant.EPOCH;

    /// @param median from the moment an alert was raised until it ended
    /// @param agents how many of them a verified repair by the agents went with
    record Solved(Duration median, int alerts, int agents) {
        String share() {
            return Math.round(agents * 100.0 / alerts) + " %";
        }
    }

    AlertDurations() {
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinHeight(44);
        setPrefHeight(52);
        base.getStyleClass().add("chart-axis");
        base.setManaged(false);
        getChildren().add(base);
        for (var mark : MARKS) {
            var label = Nodes.label(Format.briefly(mark), "chart-tick");
            label.setManaged(false);
            labels.add(label);
        }
        getChildren().addAll(labels);
    }

    /// Empty when none has ended yet.
    static Optional<Solved> solved(List<Alert> alerts) {
        var ended = alerts.stream().filter(a -> a.recoveredAt() != null).toList();
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        var lasted = ended.stream().map(a -> lasted(a, Instant.MAX)).sorted().toList();
        return Optional.of(
                new Solved(
                        lasted.get(lasted.size() / 2),
                        ended.size(),
                        (int) ended.stream().filter(a -> a.handledBy() != null).count()));
    }

    /// From the first reading beyond the limit until the alert was raised, median of those that
    /// know it.
    static Optional<Duration> found(List<Alert> alerts) {
        var all =
                alerts.stream()
                        .<Duration>mapMulti(
                                (a, to) -> {
                                    var breached = a.breachedAt();
                                    if (breached != null) {
                                        to.accept(Duration.between(breached, a.openedAt()));
                                    }
                                })
                        .sorted()
                        .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() / 2));
    }

    /// Nothing takes no time at all.
    static String words(Duration d) {
        return d.toSeconds() == 0 ? "< 1 s" : Format.briefly(d);
    }

    private static Duration lasted(Alert alert, Instant now) {
        var end = alert.recoveredAt();
        return Duration.between(alert.openedAt(), end == null ? now : end);
    }

    void show(List<Alert> next, Instant at) {
        now = at;
        if (next.equals(alerts)) {
            requestLayout();
            return;
        }
        alerts = List.copyOf(next);
        getChildren().removeAll(dots);
        dots.clear();
        for (var alert : alerts) {
            var dot = new Circle(alert.recoveredAt() == null ? 4 : 2.5);
            dot.setManaged(false);
            dot.getStyleClass()
                    .addAll(
                            alert.recoveredAt() == null ? "duration-open" : "duration-dot",
                            alert.handledBy() == null ? "series-3" : "series-1");
            dots.add(dot);
        }
        getChildren().addAll(dots);
        setAccessibleText(Texts.of("%s alerts by how long they lasted", alerts.size()));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double floor = getHeight() - AXIS;
        base.setStartX(0);
        base.setEndX(getWidth());
        base.setStartY(floor - 0.5);
        base.setEndY(floor - 0.5);
        for (int i = 0; i < MARKS.size(); i++) {
            var label = labels.get(i);
            label.autosize();
            label.relocate(
                    Math.clamp(
                            x(MARKS.get(i)) - label.getWidth() / 2,
                            0,
                            Math.max(0, getWidth() - label.getWidth())),
                    floor + 2);
        }
        for (int i = 0; i < dots.size(); i++) {
            dots.get(i)
                    .setCenterX(
                            Math.clamp(
                                    x(lasted(alerts.get(i), now)), 4, Math.max(4, getWidth() - 4)));
            // Side by side in height, so that alike ones are told apart.
            dots.get(i).setCenterY(floor - 8 - i * 7 % Math.max(8, floor - 14));
        }
    }

    private double x(Duration lasted) {
        double low = Math.log(MARKS.getFirst().toSeconds() / 3.0);
        double high = Math.log(MARKS.getLast().toSeconds() * 2.0);
        double at = Math.log(Math.max(1, lasted.toSeconds()));
        return getWidth() * (at - low) / (high - low);
    }
}
