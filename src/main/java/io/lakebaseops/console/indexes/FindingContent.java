package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.approvals.PlanText;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.lakehouse.history.IndexUsage;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The pane of a finding from top to bottom: on what it rests, its figures, the rows that were
/// read, what would run and how it is taken back, and what people decided before.
final class FindingContent {
    private final ConsoleSession session;
    private final TwinWords twin;

    FindingContent(ConsoleSession session, TwinWords twin) {
        this.session = session;
        this.twin = twin;
    }

    /// `on shop.orders · prefix · medium risk · seen for 9 d`.
    String note(FindingDetail detail) {
        var line = detail.line();
        var subject = line.finding().subject();
        var words = new ArrayList<String>();
        words.add(Texts.of("on %s.%s", subject.schema(), subject.table()));
        words.add(line.kind());
        var plan = detail.plan();
        if (plan != null) {
            words.add(Texts.of("%s risk", PlanWords.risk(plan)));
        }
        var since = line.firstSeen();
        if (since != null) {
            words.add(
                    Texts.of(
                            "seen for %s",
                            Format.briefly(java.time.Duration.between(since, session.now()))));
        }
        return String.join(" · ", words);
    }

    /// Why no plan can be filed; null when one can.
    @Nullable String unfiled(FindingLine line) {
        return line.kind().equals(Texts.of("Unused, keep"))
                ? Messages.of("indexes.kept")
                : line.finding().ddl() == null ? Messages.of("indexes.nothing.to.run") : null;
    }

    List<Node> of(FindingDetail detail, TableMatrix.@Nullable Entry entry, IndexUsage usage) {
        var line = detail.line();
        var nodes = new ArrayList<Node>();
        var ignored = line.ignored();
        if (ignored != null) {
            nodes.add(
                    box(
                            Role.MUTED,
                            Messages.of("indexes.ignored.title", ignored.by()),
                            Messages.of(
                                    "indexes.ignored.until",
                                    ignored.until() == null
                                            ? Messages.of("indexes.ignored.good")
                                            : clock(ignored.until()),
                                    ignored.reason())));
        }
        nodes.add(rests(line));
        nodes.addAll(twin.of(detail));
        var trial = detail.trial();
        if (trial != null) {
            nodes.addAll(TrialWords.of(trial));
        }
        nodes.add(Nodes.wrapped(line.finding().summary(), "row-title"));
        nodes.add(figures(line, entry));
        var scans = ScanWords.box(usage, session.now(), session.zone());
        if (scans != null) {
            nodes.add(section(Messages.of("indexes.scans.days")));
            nodes.add(scans);
        }
        rows(nodes, line);
        run(nodes, detail);
        if (line.finding().check() != null) {
            nodes.add(section(Messages.of("indexes.check")));
            nodes.add(new SqlView(line.finding().check()));
        }
        nodes.add(section(Messages.of("indexes.history")));
        nodes.add(history(detail));
        return nodes;
    }

    private static Node section(String title) {
        return Nodes.label(title, "strong-quiet");
    }

    /// How sure it is and why; what is not known is said as well.
    private static Node rests(FindingLine line) {
        var confidence = line.finding().confidence();
        var title =
                Texts.of(
                        "%s confidence: %s",
                        line.confidence().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                + line.confidence().substring(1),
                        confidence.reason());
        var missing = line.missing();
        var drop = FindingGroup.NOT_NEEDED.kinds().contains(line.finding().kind());
        return box(
                role(line),
                title,
                drop
                        ? Messages.of("indexes.rests.drop")
                        : missing
                                ? Messages.of("indexes.rests.missing")
                                : line.unchecked() ? Messages.of("indexes.unchecked") : "");
    }

    private static Role role(FindingLine line) {
        double sure = line.finding().confidence().value();
        return sure >= 0.9 ? Role.OK : sure >= 0.6 ? Role.INFO : Role.WARNING;
    }

    static Node box(Role role, String title, String text) {
        var words = new VBox(3, Nodes.wrapped(title, "strong-quiet"));
        if (!text.isEmpty()) {
            words.getChildren().add(Nodes.wrapped(text, "row-sub"));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        var icon =
                role == Role.OK
                        ? Nodes.icon(Feather.SHIELD, Role.OK)
                        : Nodes.icon(role.icon(), role);
        var box = new HBox(10, icon, words);
        box.getStyleClass().addAll("proof-box", role.css());
        return box;
    }

    private static Node figures(FindingLine line, TableMatrix.@Nullable Entry entry) {
        var figures = new HBox(24);
        if (line.bytes() != 0) {
            figures.getChildren()
                    .add(
                            Nodes.figure(
                                    line.storage().substring(1),
                                    line.bytes() > 0
                                            ? Messages.of("indexes.freed")
                                            : Messages.of("indexes.taken")));
        }
        if (line.msPerHour() > 0) {
            figures.getChildren()
                    .add(Nodes.figure(line.time().substring(1), Messages.of("indexes.saved")));
        }
        if (entry != null) {
            figures.getChildren()
                    .add(
                            Nodes.figure(
                                    Format.percent(entry.writeShare()),
                                    Messages.of("indexes.writes")));
            figures.getChildren()
                    .add(
                            Nodes.figure(
                                    Format.large(entry.scans()).toString(),
                                    Messages.of("indexes.scans")));
        }
        figures.setVisible(!figures.getChildren().isEmpty());
        figures.setManaged(figures.isVisible());
        return figures;
    }

    private void rows(List<Node> to, FindingLine line) {
        for (var evidence : line.finding().evidence()) {
            if (!evidence.rows().isEmpty()) {
                to.add(
                        section(
                                Messages.of(
                                        "indexes.read",
                                        Texts.clock(
                                                evidence.at(), session.now(), session.zone()))));
                to.add(new SmallTable(evidence.rows(), 6));
                to.add(Nodes.label(evidence.query(), "row-sub"));
            }
        }
    }

    private static void run(List<Node> to, FindingDetail detail) {
        var plan = detail.plan();
        if (plan == null) {
            var ddl = detail.line().finding().ddl();
            if (ddl != null) {
                to.add(section(Messages.of("indexes.statement")));
                to.add(new SqlView(ddl));
            }
            return;
        }
        var p = plan.plan();
        to.add(section(Messages.of("indexes.checked")));
        var checks = new VBox(4);
        p.preconditions().forEach(c -> checks.getChildren().add(point(c.description())));
        to.add(checks);
        var lock = PlanText.lockWords(PlanText.strongestLock(p.steps()));
        to.add(section(Messages.of("indexes.runs")));
        to.add(new SqlView(PlanText.of(p.steps())));
        var duration = p.effect().duration();
        to.add(Nodes.wrapped(lock + (duration == null ? "" : " · " + duration), "row-sub"));
        to.add(
                Nodes.row(
                        Nodes.icon(Feather.ROTATE_CCW, Role.MUTED),
                        Nodes.wrapped(Texts.of("Undo: %s", p.undo().note()), "row-sub")));
    }

    private static Node point(String text) {
        var words = Nodes.wrapped(text, "small-cell");
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(8, Nodes.icon(Feather.CHECK, Role.OK), words);
    }

    private Node history(FindingDetail detail) {
        var lines = new VBox(3);
        var line = detail.line();
        for (var entry : detail.past()) {
            var state =
                    entry.state() == FiledPlan.State.WAITING
                            ? Texts.of("waits for a decision")
                            : PlanWords.outcome(
                                    entry.state(),
                                    entry.decidedBy(),
                                    entry.reason(),
                                    entry.verification());
            lines.getChildren()
                    .add(
                            Nodes.wrapped(
                                    "%s · %s: %s"
                                            .formatted(clock(entry.at()), entry.title(), state),
                                    "row-sub"));
        }
        if (line.earlierReason() != null) {
            lines.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of("indexes.ignored.before", line.earlierReason()),
                                    "row-sub"));
        }
        var since = line.firstSeen();
        if (since != null) {
            lines.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of(
                                            "indexes.found",
                                            clock(since),
                                            clock(Objects.requireNonNull(line.lastSeen()))),
                                    "row-sub"));
        }
        return lines;
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }
}
