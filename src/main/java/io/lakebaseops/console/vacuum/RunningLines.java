package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.RunningVacuum;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Running vacuums with phase and end, and the tables autovacuum skips because of a lock.
final class RunningLines {
    private static final int MOST = 6;

    private RunningLines() {}

    /// @param fresh ends are foretold only from what is read now
    static List<Node> of(VacuumRound.Running running, Instant now, ZoneId zone, boolean fresh) {
        var nodes = new ArrayList<Node>();
        for (var v : running.vacuums().stream().limit(MOST).toList()) {
            nodes.add(vacuum(v, now, zone, fresh));
        }
        for (var l : running.locked().stream().limit(MOST).toList()) {
            nodes.add(locked(l, now));
        }
        int more =
                Math.max(0, running.vacuums().size() - MOST)
                        + Math.max(0, running.locked().size() - MOST);
        if (more > 0) {
            nodes.add(Nodes.label(Texts.of("and %s more", more), "row-sub"));
        }
        if (nodes.isEmpty()) {
            nodes.add(
                    Nodes.wrapped(
                            running.autovacuumOn()
                                    ? Texts.of("No vacuum runs now.")
                                    : Texts.of(
                                            "No vacuum runs, and autovacuum is off on this server."),
                            "row-sub"));
        }
        return nodes;
    }

    private static Node vacuum(RunningVacuum v, Instant now, ZoneId zone, boolean fresh) {
        var name = Nodes.label(v.name(), "row-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setMaxWidth(170);
        var kind =
                v.againstWraparound()
                        ? Texts.of("to prevent wraparound")
                        : v.automatic() ? "autovacuum" : Texts.of("pid %s", v.pid());
        var started = v.started();
        var elapsed = started == null ? "" : " · " + elapsed(Duration.between(started, now));
        var end = fresh ? v.phaseEnds() : null;
        var ends =
                Nodes.label(
                        end == null
                                ? ""
                                : Texts.of("phase ends %s", VacuumWords.when(end, now, zone)),
                        "predicted");
        ends.setMinWidth(Region.USE_PREF_SIZE);
        var sub = Nodes.label(kind + elapsed, "row-sub");
        sub.setMinWidth(0);
        var head =
                Nodes.row(Nodes.icon(Feather.LOADER, Role.INFO), name, sub, Nodes.spacer(), ends);
        var below = Nodes.row(bar(v), Nodes.label(phase(v), "row-sub"), Nodes.spacer());
        below.getStyleClass().add("below-icon");
        if (v.removesNothing() != null) {
            var none = Nodes.label(Texts.of("removes nothing"), "said", Role.CRITICAL.css());
            none.setMinWidth(Region.USE_PREF_SIZE);
            Nodes.tip(
                    none,
                    Texts.of("%s may still see every dead row of this table", v.removesNothing()));
            below.getChildren().add(none);
        } else if (!v.blockedBy().isEmpty()) {
            below.getChildren()
                    .add(
                            Nodes.label(
                                    Texts.of("waits for %s", pids(v)), "said", Role.WARNING.css()));
        }
        return new VBox(1, head, below);
    }

    private static String pids(RunningVacuum v) {
        return v.blockedBy().stream()
                .map(p -> Texts.of("pid %s", p))
                .collect(Collectors.joining(", "));
    }

    private static Node bar(RunningVacuum v) {
        var bar = new LimitBar();
        bar.setPrefWidth(64);
        bar.setMinWidth(64);
        bar.show(
                1,
                Double.isNaN(v.share())
                        ? List.of()
                        : List.of(
                                LimitBar.Part.of(
                                        Texts.of("done"), Math.min(1, v.share()), Role.INFO)),
                List.of());
        return bar;
    }

    private static String phase(RunningVacuum v) {
        if (v.phase() == null) {
            return Texts.of("phase hidden: GRANT pg_read_all_stats shows it");
        }
        if (v.phase().endsWith("indexes") && v.indexes() > 0) {
            return "%s %d/%d".formatted(v.phase(), v.indexesDone(), v.indexes());
        }
        return Double.isNaN(v.share())
                ? v.phase()
                : "%s %d %%".formatted(v.phase(), Math.round(v.share() * 100));
    }

    private static String elapsed(Duration d) {
        long s = Math.max(0, d.toSeconds());
        return s < 60
                ? s + " s"
                : s < 3600 ? Texts.of("%s min %s s", s / 60, s % 60) : VacuumWords.late(d);
    }

    private static Node locked(VacuumRound.Locked l, Instant now) {
        var head =
                Nodes.row(
                        Nodes.icon(Feather.SKIP_FORWARD, Role.WARNING),
                        Nodes.label(l.table(), "row-title"),
                        Nodes.label(Texts.of("skipped by autovacuum"), "row-sub"));
        var since = l.since();
        var why =
                Nodes.wrapped(
                        Texts.of(
                                "locked by pid %d%s%s",
                                l.pid(),
                                l.command() == null ? "" : ", " + l.command(),
                                since == null
                                        ? ""
                                        : Texts.of(
                                                " for %s",
                                                Format.briefly(Duration.between(since, now)))),
                        "row-sub",
                        "below-icon");
        return new VBox(1, head, why);
    }
}
