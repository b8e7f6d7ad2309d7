package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Archival;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pane of the archive screen: is a candidate really cold, what its plan does step by step; or
/// what an archival holds, and the way back.
final class ArchivePane {
    private final ConsoleSession session;
    private final ArchiveViewModel model;
    private final SidePane pane;

    ArchivePane(ConsoleSession session, ArchiveViewModel model) {
        this.session = session;
        this.model = model;
        this.pane = new SidePane("archive-pane", model::close);
    }

    Node node() {
        return pane;
    }

    void show(ArchiveViewModel.Selected selected, ArchiveSnapshot p, boolean fresh) {
        switch (selected) {
            case ArchiveViewModel.Selected.OfTable(var name) ->
                    model.choice()
                            .filter(c -> c.candidate().name().equals(name))
                            .ifPresentOrElse(c -> table(c, p, fresh), pane::hide);
            case ArchiveViewModel.Selected.OfArchival(var archival) -> archival(archival, p);
        }
    }

    void hide() {
        pane.hide();
    }

    private void table(ColdChoice choice, ArchiveSnapshot p, boolean fresh) {
        var c = choice.candidate();
        boolean moving = p.moving(c).isPresent();
        pane.title(
                null,
                Texts.of("%s, older than %d days", c.name(), choice.days()),
                List.of(
                        moving
                                ? Nodes.pill(Texts.of("moving"), Role.INFO)
                                : c.ready()
                                        ? Nodes.pill(Texts.of("ready"), Role.OK)
                                        : Nodes.pill(Texts.of("blocked"), Role.WARNING)));
        pane.note(
                choice.whole()
                        ? Texts.of(
                                "%d of %d partitions, %s of %s rows",
                                choice.partitions(),
                                c.ages().size(),
                                Format.grouped(choice.rows()),
                                Format.grouped(c.rows()))
                        : Texts.of(
                                "%s of %s rows by %s",
                                Format.grouped(choice.rows()),
                                Format.grouped(c.rows()),
                                c.timeColumn()));
        var figures =
                new FlowPane(
                        24,
                        8,
                        Nodes.figure(
                                Format.size(choice.bytes()),
                                Texts.of(
                                        "freed, %s of it",
                                        Format.percent(
                                                (double) choice.bytes() / Math.max(1, c.bytes())))),
                        Nodes.figure(Format.large(choice.rows()).toString(), Texts.of("rows")));
        pane.content(
                c.name(),
                List.of(
                        figures,
                        card(Texts.of("Is it really cold?"), evidence(choice, p.now())),
                        card(Texts.of("The plan"), steps(choice)),
                        card(Texts.of("What to expect"), expect(choice))));
        var file =
                Nodes.button(
                        Texts.of("File archive plan, %s", Format.size(choice.bytes())),
                        () -> model.fileArchive(choice),
                        "accent");
        file.setId("file-archive");
        file.setDisable(!c.ready() || moving || choice.rows() == 0 || !fresh);
        pane.acts(Nodes.wrapped(why(choice, moving, fresh), "row-sub"), List.of(file));
    }

    private static String why(ColdChoice choice, boolean moving, boolean fresh) {
        return moving
                ? Texts.of("An archival of this table is open: let it end first.")
                : !choice.candidate().ready()
                        ? Texts.of("Mend what blocks it first.")
                        : choice.rows() == 0
                                ? Texts.of("Nothing is older than this threshold.")
                                : !fresh
                                        ? Texts.of(
                                                "The server does not answer: a plan needs a new count.")
                                        : Texts.of(
                                                "Rows are counted anew, and a person approves the plan by typing the table's name.");
    }

    private static Node card(String title, List<? extends Node> lines) {
        var card = new VBox(6, Nodes.label(title, "card-title"));
        card.getStyleClass().addAll("card", "pane-card");
        card.getChildren().addAll(lines);
        return card;
    }

    private static Node line(Role role, String text) {
        var words = Nodes.wrapped(text, "said");
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(8, Nodes.icon(role.icon(), role), words);
    }

    /// For and against: age alone does not make rows cold.
    private static List<Node> evidence(ColdChoice choice, Instant now) {
        var c = choice.candidate();
        var lines = new ArrayList<Node>();
        if (choice.whole()) {
            var moved = c.ages().stream().filter(choice::moves).toList();
            moved.stream()
                    .map(ColdCandidate.Age::lastRead)
                    .filter(java.util.Objects::nonNull)
                    .max(Instant::compareTo)
                    .ifPresentOrElse(
                            at ->
                                    lines.add(
                                            line(
                                                    Role.WARNING,
                                                    Texts.of(
                                                            "A scan last touched these partitions %s: also our own counts do.",
                                                            Texts.ago(at, now)))),
                            () ->
                                    lines.add(
                                            line(
                                                    Role.OK,
                                                    Texts.of(
                                                            "No scan of these partitions since statistics began."))));
        } else {
            lines.add(
                    line(
                            Role.INFO,
                            Texts.of(
                                    "Which rows are read is not known: PostgreSQL counts reads per table. Age by %s is all that speaks for it.",
                                    c.timeColumn())));
        }
        c.obstacles().forEach(o -> lines.add(line(Role.WARNING, sentence(o))));
        if (c.ready()) {
            lines.add(
                    line(
                            Role.OK,
                            Texts.of(
                                    "No foreign key points at these rows, no trigger or rule would run.")));
        }
        if (!c.publications().isEmpty()) {
            lines.add(
                    line(
                            Role.WARNING,
                            Texts.of(
                                    "Publication %s passes the deletions on to its subscribers.",
                                    c.publications())));
        }
        return lines;
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static List<Node> steps(ColdChoice choice) {
        var c = choice.candidate();
        var archive = "lakebase_archive.%s__%s_cold".formatted(c.schema(), c.table());
        var words =
                List.of(
                        choice.whole()
                                ? Texts.of("Select %d partitions by their key", choice.partitions())
                                : Texts.of(
                                        "Select %s rows by their key",
                                        Format.grouped(choice.rows())),
                        Texts.of("Write to %s", archive),
                        Texts.of("Read back, compare every row's hash"),
                        choice.whole()
                                ? Texts.of(
                                        "Detach each partition and drop it, if it still holds exactly that")
                                : Texts.of(
                                        "Delete what is still exactly that, 1,000 rows at a time"),
                        Texts.of("Manifest: keys, files, checksum, how to read it"));
        var lines = new ArrayList<Node>();
        for (int i = 0; i < words.size(); i++) {
            var text = Nodes.wrapped(words.get(i), "said");
            HBox.setHgrow(text, Priority.ALWAYS);
            lines.add(new HBox(10, Nodes.label(Integer.toString(i + 1), "row-sub"), text));
        }
        return lines;
    }

    private static List<Node> expect(ColdChoice choice) {
        var facts = new Facts();
        facts.add(
                Texts.of("Risk"), Texts.of("high: a person types the table's name"), Role.CRITICAL);
        facts.add(
                Texts.of("Lock"),
                choice.whole()
                        ? Texts.of(
                                "writers of a partition wait while it is compared; the table stands still for the moment of each detach")
                        : Texts.of(
                                "row locks of 1,000 rows at a time; readers and writers of other rows go on"));
        facts.add(
                Texts.of("Effect"),
                choice.whole()
                        ? Texts.of("%s come back at once", Format.size(choice.bytes()))
                        : Texts.of(
                                "%s become free for new rows with the next vacuum; the file does not shrink by itself",
                                Format.size(choice.bytes())));
        facts.add(Texts.of("If killed"), Texts.of("it goes on from its journal, or is undone"));
        facts.add(Texts.of("Undo"), Texts.of("restore all rows, or some by their keys"));
        return List.of(facts);
    }

    private void archival(Archival a, ArchiveSnapshot p) {
        pane.title(
                null,
                Texts.of("Archival %d of %s.%s", a.number(), a.schema(), a.table()),
                List.of(Nodes.pill(ArchivalsTable.state(a, p), ArchivalsTable.role(a, p))));
        pane.note(
                Texts.of(
                        "%s rows older than %s",
                        Format.grouped(a.rowsDeleted()), Format.utc(a.coldBefore())));
        var facts = new Facts();
        facts.add(Texts.of("Archive"), a.archiveTable());
        facts.add(Texts.of("Began"), Format.utc(a.startedAt()));
        if (a.finishedAt() != null) {
            facts.add(Texts.of("Ended"), Format.utc(a.finishedAt()));
        }
        if (a.checksum() != null) {
            facts.add(Texts.of("Checksum"), a.checksum());
        }
        facts.add(Texts.of("Portions"), Format.grouped(a.portions()));
        facts.add(Texts.of("Plan"), a.planId().toString());
        if (a.error() != null) {
            facts.add(Texts.of("Stopped"), a.error(), Role.CRITICAL);
        }
        var nodes = new ArrayList<Node>(List.of(facts));
        var text = a.manifest();
        if (text != null) {
            var manifest = new SqlView(ArchivalsTable.indented(text));
            nodes.add(
                    card(
                            Texts.of("Manifest"),
                            List.of(
                                    Nodes.button(
                                            Texts.of("Copy manifest"),
                                            () -> SqlView.copy(text),
                                            "link"),
                                    manifest)));
        }
        pane.content("archival " + a.id(), nodes);
        pane.acts(null, List.of());
        if (a.status() == Archival.Status.ARCHIVED || a.status() == Archival.Status.PART_RESTORED) {
            pane.acts(keys(a), restore(a));
        }
    }

    private final TextField chosen = new TextField();

    private Node keys(Archival a) {
        chosen.setId("restore-keys");
        chosen.setPromptText(Texts.of("keys as in _key, for instance (17) (18); empty: all rows"));
        chosen.getProperties().put("archival", a.id());
        return chosen;
    }

    private List<Button> restore(Archival a) {
        var restore =
                Nodes.button(
                        Texts.of("Restore…"),
                        () -> model.fileRestore(a, parsed(chosen.getText())),
                        "accent");
        restore.setId("restore");
        return List.of(restore);
    }

    static List<String> parsed(String keys) {
        return keys.isBlank() ? List.of() : Arrays.asList(keys.strip().split("(?<=\\))[\\s;]+"));
    }
}
