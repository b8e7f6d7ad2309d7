package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.state.Archival;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// What is cold, what would moving it give, where is what was moved: open archivals as steps,
/// candidates, their rows by age with the threshold as a handle, and archivals with the way back.
public final class ArchiveView extends ScreenView<ArchiveViewModel> {
    private static final double NARROW = 860;

    private final AgeHistogram histogram;
    private final ArchivePane pane;
    private final DataTable<Archival> done;
    private final QueryBox query;
    private final Label generated = Nodes.wrapped("", "row-sub", Role.SIMULATED.css());
    private final Segments<Integer> usual = new Segments<>();

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox pills;
    @FXML private VBox open;
    @FXML private HBox upper;
    @FXML private VBox candidatesCard;
    @FXML private RowList candidates;
    @FXML private Label candidatesNote;
    @FXML private Label candidatesFoot;
    @FXML private VBox agesCard;
    @FXML private HBox agesHead;
    @FXML private Label agesTitle;
    @FXML private Label moves;
    @FXML private Label threshold;
    @FXML private StackPane agesPlace;
    @FXML private HBox lower;
    @FXML private VBox archivalsCard;
    @FXML private Label archivalsNote;
    @FXML private StackPane archivalsPlace;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public ArchiveView(ConsoleSession session, ArchiveViewModel model) {
        super(session, model);
        histogram = new AgeHistogram(model::threshold);
        pane = new ArchivePane(session, model);
        done = ArchivalsTable.of(session);
        query = new QueryBox(model);
    }

    @FXML
    private void initialize() {
        for (int days : List.of(365, 180, 90, 30)) {
            usual.add(days, days + " d", "days-" + days);
        }
        usual.onChoice(model::threshold);
        agesHead.getChildren().add(usual);
        agesPlace.getChildren().setAll(histogram);
        done.placeholder(Messages.of("archive.none"));
        done.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, a) -> {
                            if (a != null) {
                                model.select(a);
                            }
                        });
        done.acts(
                40,
                a ->
                        a.status() == Archival.Status.RESTORED
                                ? List.of()
                                : List.of(
                                        new RowItem.Act(
                                                Feather.ROTATE_CCW,
                                                Texts.of("Restore…"),
                                                () -> model.select(a))));
        done.takeBar();
        archivalsPlace.getChildren().setAll(done);
        generated.setId("archivals-generated");
        archivalsCard.getChildren().add(generated);
        lower.getChildren().add(query);
        HBox.setHgrow(query, Priority.ALWAYS);
        query.setPrefWidth(420);
        query.setMinWidth(280);
        body.getChildren().add(pane.node());
        content.getChildren()
                .add(
                        1,
                        new StateBanner(
                                model, session, open, upper, agesCard, archivalsCard, query));
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.selectedProperty().addListener((_, _, _) -> choose());
        model.daysProperty().addListener((_, _, _) -> choose());
        content.widthProperty().addListener((_, _, w) -> arrange(w.doubleValue() < NARROW));
        show(model.dataProperty().get());
    }

    /// Where there is little room the histogram stands under the candidates.
    private void arrange(boolean narrow) {
        upper.setMinHeight(narrow ? 150 : 250);
        upper.setPrefHeight(narrow ? 180 : 280);
        var rows = content.getChildren();
        if (narrow == rows.contains(agesCard)) {
            return;
        }
        if (narrow) {
            upper.getChildren().remove(agesCard);
            rows.add(rows.indexOf(upper) + 1, agesCard);
            lower.getChildren().remove(query);
            rows.add(query);
        } else {
            rows.removeAll(agesCard, query);
            lower.getChildren().add(query);
            upper.getChildren().add(agesCard);
        }
    }

    private void show(@Nullable ArchiveSnapshot p) {
        if (p == null) {
            pills.getChildren().clear();
            return;
        }
        var said = ArchiveVerdict.of(p);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        pills.getChildren().setAll(counts(p));
        open.getChildren()
                .setAll(
                        p.open().stream()
                                .map(
                                        a ->
                                                new OpenArchival(
                                                        a,
                                                        p.runs(a),
                                                        p.now(),
                                                        session.zone(),
                                                        model))
                                .toList());
        open.setManaged(!p.open().isEmpty());
        open.setVisible(!p.open().isEmpty());
        showCandidates(p);
        archivalsNote.setText(summary(p));
        var past = p.past();
        generated.setText(
                past == null ? "" : past.words(Texts.clock(past.last(), p.now(), session.zone())));
        generated.setVisible(past != null);
        generated.setManaged(past != null);
        done.show(p.ended());
        choose();
    }

    private static List<Node> counts(ArchiveSnapshot p) {
        var nodes = new ArrayList<Node>();
        long running = p.open().stream().filter(p::runs).count();
        long stopped = p.open().size() - running;
        long ready = p.candidates().stream().filter(ColdCandidate::ready).count();
        long blocked = p.candidates().size() - ready;
        add(nodes, running, Texts.of("running"), Role.INFO);
        add(nodes, stopped, Texts.of("stopped"), Role.WARNING);
        add(nodes, ready, Texts.of("ready"), Role.OK);
        add(nodes, blocked, Texts.of("blocked"), Role.WARNING);
        return nodes;
    }

    private static void add(List<Node> nodes, long n, String what, Role role) {
        if (n > 0) {
            nodes.add(Nodes.pill(n + " " + what, role));
        }
    }

    private static String summary(ArchiveSnapshot p) {
        var kept = p.ended().stream().filter(a -> a.status() != Archival.Status.RESTORED).toList();
        return kept.isEmpty()
                ? ""
                : Texts.of(
                        "%d done, %s rows, %s freed",
                        kept.size(),
                        Format.grouped(kept.stream().mapToLong(Archival::rowsDeleted).sum()),
                        Format.size(
                                kept.stream()
                                        .mapToLong(a -> a.bytesFreed() == null ? 0 : a.bytesFreed())
                                        .sum()));
    }

    private void showCandidates(ArchiveSnapshot p) {
        var look = p.look();
        candidatesNote.setText(
                look == null ? "" : Texts.of("counted %s", Texts.ago(look.at(), p.now())));
        candidates.placeholder(
                look == null
                        ? Messages.of("archive.uncounted")
                        : Messages.of("archive.nothing", look.days()));
        candidates.show(p.candidates().stream().map(c -> item(c, p)).toList());
        candidatesFoot.setText(
                (look == null || look.found().leftOut().isEmpty()
                                ? ""
                                : Texts.of(
                                        "Not listed: %s. ",
                                        String.join("; ", look.found().leftOut())))
                        + Messages.of("archive.next"));
    }

    private RowItem item(ColdCandidate c, ArchiveSnapshot p) {
        var moving = p.moving(c);
        var role = moving.isPresent() ? Role.INFO : c.ready() ? Role.OK : Role.WARNING;
        var icon = moving.isPresent() ? Feather.LOADER : c.ready() ? Feather.ARCHIVE : Feather.LOCK;
        return RowItem.of(c.name(), icon, role, c.name())
                .trailing(
                        c.ready() || moving.isPresent()
                                ? Format.size(c.freedBytes())
                                : Texts.of("blocked"),
                        role == Role.OK ? Role.MUTED : role)
                .sub(
                        c.ready()
                                ? Texts.of(
                                        "%s of %s rows",
                                        Format.grouped(c.coldRows()), Format.grouped(c.rows()))
                                : String.join("; ", c.obstacles()))
                .opens(() -> model.select(c));
    }

    private void choose() {
        var p = model.dataProperty().get();
        if (p == null) {
            pane.hide();
            return;
        }
        boolean fresh =
                model.stateProperty().get() != ScreenState.STALE
                        && model.stateProperty().get() != ScreenState.FAILED;
        var choice = model.choice();
        agesCard.setVisible(choice.isPresent());
        agesCard.setManaged(choice.isPresent());
        histogram.show(choice.orElse(null), p.now());
        choice.ifPresent(this::describe);
        query.about(model.asked().map(a -> a.schema() + "." + a.table()).orElse(null));
        var selected = model.selectedProperty().get();
        if (selected == null) {
            pane.hide();
        } else {
            pane.show(selected, p, fresh);
        }
    }

    private void describe(ColdChoice choice) {
        usual.select(List.of(365, 180, 90, 30).contains(choice.days()) ? choice.days() : null);
        agesTitle.setText(Texts.of("%s by age", choice.candidate().name()));
        moves.setText(
                choice.whole()
                        ? Texts.of(
                                "moves %s, %s rows, %s",
                                Texts.count(choice.partitions(), "partition"),
                                Format.grouped(choice.rows()),
                                Format.size(choice.bytes()))
                        : Texts.of(
                                "moves %s rows, about %s",
                                Format.grouped(choice.rows()), Format.size(choice.bytes())));
        threshold.setText(
                Texts.of(
                        "older than %d days%s",
                        choice.days(), choice.whole() ? Texts.of(", whole partitions") : ""));
    }

    @FXML
    private void lookNow() {
        model.lookNow();
    }

    @Override
    public @Nullable Subject selection() {
        return model.selectedProperty().get() == null
                ? null
                : model.candidate()
                        .map(c -> Subject.table(c.database(), c.schema(), c.table()))
                        .orElse(null);
    }

    @Override
    public void reveal(String item) {
        var p = model.dataProperty().get();
        if (p != null) {
            p.candidate(item).ifPresent(model::select);
        }
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE && model.selectedProperty().get() != null) {
            model.close();
            return true;
        }
        return false;
    }
}
