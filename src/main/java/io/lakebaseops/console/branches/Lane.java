package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchBoard.Active;
import io.lakebaseops.console.branches.BranchLine.Compute;

import javafx.scene.Group;
import javafx.scene.shape.ArcTo;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.BitSet;
import java.util.Locale;

/// The lane of a branch over time: from its fork point to now, thick where its compute ran
/// statements, and dashed on to its end. A few paths, so that many rows stay cheap.
final class Lane extends Group {
    private final Path window = path("lane-window");
    private final Path forks = path("lane-fork");
    private final Path data = path("lane-past");
    private final Path suspended = path("lane-suspended");
    private final Path idle = path("lane-idle");
    private final Path active = path("lane-active");
    private final Path end = path("lane-expiry");
    private final Path preview = path("lane-preview");
    private final Path skipped = path("lane-skipped");
    private final Path points = path("lane-point");
    private final Path now = path("lane-now-line");
    private final Path dot = path("lane-dot");

    Lane() {
        setManaged(false);
        getChildren()
                .addAll(
                        window, now, forks, data, suspended, idle, active, end, preview, skipped,
                        points, dot);
    }

    private static Path path(String style) {
        var path = new Path();
        path.getStyleClass().add(style);
        path.setManaged(false);
        return path;
    }

    /// @param window since when the source's past is kept, of the default branch; null for others
    void draw(BranchLine line, LaneScale scale, double height, @Nullable Instant window) {
        getChildren().forEach(n -> ((Path) n).getElements().clear());
        double mid = height / 2;
        forks(line, scale, height, mid);
        horizontal(now, scale.nowX(), scale.nowX(), 0, height);
        if (window != null) {
            box(this.window, scale.x(window), scale.nowX(), mid - 8, mid + 8);
        }
        if (line.isFold()) {
            density(line, scale, mid);
            return;
        }
        var life = line.life();
        double from = scale.x(life.branch().createdAt());
        if (life.ofThePast()) {
            horizontal(data, scale.x(life.forkedAt()), from, mid, mid);
        }
        end(line, scale, mid);
        if (line.preview()) {
            return;
        }
        horizontal(suspended, from, scale.nowX(), mid, mid);
        for (var span : line.active()) {
            active(span, life.branch().createdAt(), scale, mid);
        }
        var compute = line.compute(scale.now());
        sinceLastSpan(line, compute, scale, mid);
        for (var skip : line.skipped()) {
            circle(skipped, scale.x(skip.at()), mid, 4);
        }
        for (var fork : line.forks()) {
            circle(points, scale.x(fork), mid, 2.5);
        }
        dot.getStyleClass()
                .setAll("lane-dot", "compute-" + compute.name().toLowerCase(Locale.ROOT));
        circle(dot, scale.nowX(), mid, 4);
    }

    /// Lines from a parent to its children, of which each pixel is drawn once.
    private void forks(BranchLine line, LaneScale scale, double height, double mid) {
        var drawn = new BitSet();
        for (var at : line.through()) {
            vertical(drawn, scale.x(at), 0, height);
        }
        for (var at : line.forks()) {
            vertical(drawn, scale.x(at), mid, height);
        }
        if (line.forked()) {
            double x = scale.x(line.life().forkedAt());
            forks.getElements().addAll(new MoveTo(x, 0), new LineTo(x, mid));
        }
    }

    private void vertical(BitSet drawn, double x, double top, double bottom) {
        int pixel = (int) Math.max(0, Math.round(x));
        if (!drawn.get(pixel)) {
            drawn.set(pixel);
            forks.getElements().addAll(new MoveTo(pixel, top), new LineTo(pixel, bottom));
        }
    }

    private void active(Active span, Instant made, LaneScale scale, double mid) {
        var from = span.from().isBefore(made) ? made : span.from();
        if (span.until().isAfter(from)) {
            double x = scale.x(from);
            horizontal(active, x, Math.max(x + 1, scale.x(span.until())), mid, mid);
        }
    }

    /// What was measured ends some minutes ago; what the compute does now is known.
    private void sinceLastSpan(BranchLine line, Compute compute, LaneScale scale, double mid) {
        if (compute != Compute.ACTIVE && compute != Compute.IDLE) {
            return;
        }
        var made = line.life().branch().createdAt();
        var last = line.active().isEmpty() ? made : line.active().getLast().until();
        boolean measured = last.isAfter(scale.now().minusSeconds(1200));
        double from = measured ? scale.x(last.isBefore(made) ? made : last) : scale.nowX() - 10;
        horizontal(compute == Compute.ACTIVE ? active : idle, from, scale.nowX(), mid, mid);
    }

    private void end(BranchLine line, LaneScale scale, double mid) {
        var until = line.life().branch().expiresAt();
        double from = scale.nowX() + 6;
        double x = until == null ? scale.width() : scale.x(until);
        if (line.preview()) {
            box(preview, scale.nowX(), Math.max(x, scale.nowX() + 4), mid - 5, mid + 5);
            return;
        }
        horizontal(end, from, x, mid, mid);
        boolean open = until == null || scale.beyond(until);
        if (open) {
            end.getElements()
                    .addAll(
                            new MoveTo(x - 5, mid - 4),
                            new LineTo(x, mid),
                            new LineTo(x - 5, mid + 4));
        } else {
            horizontal(end, x, x, mid - 5, mid + 5);
        }
    }

    /// A short stroke for each branch that is folded into this row.
    private void density(BranchLine line, LaneScale scale, double mid) {
        for (var b : line.folded()) {
            double x = scale.x(b.branch().createdAt());
            horizontal(active, x, x + 1.5, mid, mid);
            var until = b.branch().expiresAt();
            if (until != null) {
                double to = scale.x(until);
                horizontal(end, to, to, mid - 5, mid + 5);
            }
        }
    }

    static void horizontal(Path path, double x1, double x2, double y1, double y2) {
        path.getElements().addAll(new MoveTo(x1, y1), new LineTo(x2, y2));
    }

    private static void box(Path path, double x1, double x2, double y1, double y2) {
        path.getElements()
                .addAll(
                        new MoveTo(x1, y1),
                        new LineTo(x2, y1),
                        new LineTo(x2, y2),
                        new LineTo(x1, y2),
                        new ClosePath());
    }

    static void circle(Path path, double x, double y, double r) {
        path.getElements()
                .addAll(
                        new MoveTo(x - r, y),
                        new ArcTo(r, r, 0, x + r, y, true, true),
                        new ArcTo(r, r, 0, x - r, y, true, true),
                        new ClosePath());
    }
}
