package io.lakebaseops.console.archive;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Steps;
import io.lakebaseops.console.parts.Steps.State;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Phase;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// One archival that runs or stopped: its five steps with rows, rows per second and end, and the
/// one sentence that counts, whether anything is deleted yet.
final class OpenArchival extends VBox {
    private static final List<Phase> PHASES =
            List.of(Phase.SELECT, Phase.WRITE, Phase.VERIFY, Phase.DELETE, Phase.MANIFEST);

    OpenArchival(Archival a, boolean runs, Instant now, ZoneId zone, ArchiveViewModel model) {
        super(8);
        setId("open-archival-" + a.number());
        setMinHeight(USE_PREF_SIZE);
        getStyleClass().addAll("card", "open-archival");
        var title =
                Nodes.label(
                        Texts.of(
                                "Archival %d · %s.%s, rows older than %d days",
                                a.number(), a.schema(), a.table(), a.coldDays()),
                        "card-title");
        title.setMinWidth(0);
        var head =
                Nodes.row(
                        title,
                        Nodes.label(
                                Texts.of("began %s", Texts.clock(a.startedAt(), now, zone)),
                                "row-sub"),
                        Nodes.spacer());
        head.getChildren().addAll(acts(a, runs, model));
        var steps = new Steps();
        steps.setId("archival-steps-" + a.number());
        steps.show(steps(a, runs, now));
        if (a.phase() != Phase.RESTORE) {
            // Rows disappear only right of this line.
            steps.getChildren().get(PHASES.indexOf(Phase.DELETE)).getStyleClass().add("deletes");
        }
        var mark = new FontIcon(a.hasDeleted() ? Feather.ALERT_TRIANGLE : Feather.SHIELD);
        mark.getStyleClass().addAll("mark", (a.hasDeleted() ? Role.WARNING : Role.OK).css());
        var says = Nodes.wrapped(sentence(a, runs), "said");
        says.setId("archival-says-" + a.number());
        var foot = new HBox(8, mark, says);
        HBox.setHgrow(says, javafx.scene.layout.Priority.ALWAYS);
        var line = new Region();
        line.getStyleClass().add("rule");
        getChildren().addAll(head, steps, line, foot);
        if (!runs && a.error() != null) {
            getChildren().add(Nodes.wrapped(a.error(), "said", Role.CRITICAL.css()));
        }
    }

    private static List<Node> acts(Archival a, boolean runs, ArchiveViewModel model) {
        var nodes = new ArrayList<Node>();
        if (runs) {
            nodes.add(
                    id(
                            "cancel",
                            a,
                            Nodes.button(Texts.of("Cancel"), () -> model.cancel(a), "small")));
        } else {
            if (a.phase() != Phase.RESTORE) {
                nodes.add(
                        id(
                                "continue",
                                a,
                                Nodes.button(
                                        Texts.of("Continue…"),
                                        () -> model.fileContinuation(a),
                                        "small")));
            }
            nodes.add(
                    id(
                            "undo",
                            a,
                            Nodes.button(
                                    Texts.of("Undo…"),
                                    () -> model.fileRestore(a, List.of()),
                                    "small")));
        }
        return nodes;
    }

    private static Node id(String what, Archival a, Node node) {
        node.setId(what + "-" + a.number());
        return node;
    }

    private static String sentence(Archival a, boolean runs) {
        if (a.phase() == Phase.RESTORE) {
            return Texts.of(
                    "%s of %s rows are back in the table; the archive keeps them until all are.",
                    Format.grouped(a.rowsRestored()), Format.grouped(a.rowsDeleted()));
        }
        if (!a.hasDeleted()) {
            return Texts.of(
                    "Rows are deleted only right of the dashed line, when every row was read back. %s",
                    runs
                            ? Texts.of("Cancel now leaves the table as it is.")
                            : Texts.of(
                                    "Undo leaves the table as it is; Continue goes on from what is verified."));
        }
        return Texts.of(
                "%s of %s rows are deleted, all of them are in the archive. %s",
                Format.grouped(a.rowsDeleted()),
                Format.grouped(a.rowsSelected()),
                runs
                        ? Texts.of(
                                "Cancel stops after the batch that runs; it can be continued or undone.")
                        : Texts.of("Continue deletes the rest, Undo brings the rows back."));
    }

    private static List<Steps.Step> steps(Archival a, boolean runs, Instant now) {
        if (a.phase() == Phase.RESTORE) {
            return List.of(
                    new Steps.Step(
                            Texts.of("Restore"),
                            progress(a, a.rowsRestored(), a.rowsDeleted(), runs, now),
                            runs ? State.RUNNING : State.FAILED),
                    new Steps.Step(Texts.of("Out of the archive"), "", State.COMING));
        }
        var steps = new ArrayList<Steps.Step>();
        int at = PHASES.indexOf(a.phase());
        for (int i = 0; i < PHASES.size(); i++) {
            var state =
                    i < at
                            ? State.DONE
                            : i > at ? State.COMING : runs ? State.RUNNING : State.FAILED;
            steps.add(
                    new Steps.Step(name(PHASES.get(i)), time(a, PHASES.get(i), state, now), state));
        }
        return steps;
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case SELECT -> Texts.of("Select");
            case WRITE -> Texts.of("Write");
            case VERIFY -> Texts.of("Verify");
            case DELETE -> Texts.of("Delete");
            case MANIFEST -> Texts.of("Manifest");
            case RESTORE -> Texts.of("Restore");
            case DONE -> Texts.of("Done");
        };
    }

    private static String time(Archival a, Phase phase, State state, Instant now) {
        long done =
                switch (phase) {
                    case SELECT -> a.rowsSelected();
                    case WRITE -> a.rowsWritten();
                    case VERIFY -> a.rowsVerified();
                    case DELETE -> a.rowsDeleted();
                    case MANIFEST, RESTORE, DONE -> 0;
                };
        if (phase == Phase.MANIFEST) {
            return state == State.COMING
                    ? Texts.of("checksum, files, keys")
                    : Texts.of("being written");
        }
        return switch (state) {
            case DONE -> Texts.of("%s rows", Format.grouped(done));
            case COMING -> phase == Phase.DELETE ? Texts.of("in batches of 1,000") : "";
            case RUNNING, FAILED ->
                    progress(a, done, a.rowsSelected(), state == State.RUNNING, now);
        };
    }

    /// Rows of all, and while it runs how fast and when it ends.
    private static String progress(Archival a, long done, long all, boolean runs, Instant now) {
        var rows = Texts.of("%s of %s rows", Format.grouped(done), Format.grouped(all));
        double seconds = Duration.between(a.phaseAt(), now).toMillis() / 1000.0;
        if (!runs || done == 0 || seconds < 1) {
            return rows;
        }
        double rate = done / seconds;
        var left = Duration.ofSeconds(Math.round((all - done) / rate));
        return Texts.of(
                "%s\n%s rows/s, ends in %s",
                rows, Format.grouped(Math.round(rate)), Format.briefly(left));
    }
}
