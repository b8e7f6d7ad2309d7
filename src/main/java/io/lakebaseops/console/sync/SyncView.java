package io.lakebaseops.console.sync;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fx.FxTicker;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.reconcile.DifferenceClass;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Is the copy in the lakehouse the same: the check under way, the buckets, the pairs, and the keys
/// that differ with both their versions.
public final class SyncView extends ScreenView<SyncViewModel> {
    /// The strip fills while one looks on; nothing is asked of a server for it.
    private static final Duration TICK = Duration.ofMillis(300);

    private final CheckCard check;
    private final PairsTable pairs;
    private final KeysTable keys;
    private final KeyPane pane;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox pills;
    @FXML private HBox emptyCard;
    @FXML private Label emptyWords;
    @FXML private Button watchAll;
    @FXML private VBox pairsCard;
    @FXML private HBox pairsHead;
    @FXML private Label catalog;
    @FXML private Label next;
    @FXML private Button compareAll;
    @FXML private StackPane pairsPlace;
    @FXML private VBox keysCard;
    @FXML private HBox keysHead;
    @FXML private StackPane keysPlace;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public SyncView(ConsoleSession session, SyncViewModel model) {
        super(session, model);
        check = new CheckCard(session, model);
        pairs = new PairsTable(session, model);
        keys = new KeysTable(session, model);
        pane = new KeyPane(session, model);
    }

    @FXML
    private void initialize() {
        content.getChildren()
                .add(1, new StateBanner(model, session, check.node(), pairsCard, keysCard));
        content.getChildren().add(content.getChildren().indexOf(pairsCard), check.node());
        pairs.node().placeholder(Texts.of("No pair is watched."));
        pairs.node().takeBar();
        pairsPlace.getChildren().setAll(pairs.node());
        keys.node().takeBar();
        keysPlace.getChildren().setAll(keys.node());
        body.getChildren().add(pane.node());
        watchAll.setOnAction(_ -> model.watchAll());
        compareAll.setOnAction(_ -> model.compare(null));
        compareAll.disableProperty().bind(model.workingProperty());
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.selectionProperty().addListener((_, _, _) -> showSelection());
        model.runningProperty().addListener((_, _, _) -> check.show());
        var ticking =
                new FxTicker(
                        TICK,
                        () -> {
                            model.tick();
                            if (model.runningProperty().get() != null) {
                                check.show();
                            }
                        });
        body.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene == null) {
                                ticking.stop();
                            } else {
                                ticking.start();
                            }
                        });
        show(model.dataProperty().get());
    }

    private void show(@Nullable SyncSnapshot p) {
        if (p == null) {
            pills.getChildren().clear();
            emptyCard.setVisible(false);
            emptyCard.setManaged(false);
            return;
        }
        var said = SyncVerdict.of(p);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        pills.getChildren().setAll(pills(p));
        var generated = p.round().generatedUntil();
        if (generated != null) {
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    Texts.of(
                                            "lags %s",
                                            GeneratedHistory.words(
                                                    generated, p.now(), session.zone())),
                                    Role.SIMULATED));
        }
        boolean empty = model.stateProperty().get() == ScreenState.EMPTY;
        boolean offer = empty && !p.round().found().isEmpty();
        emptyCard.setVisible(empty);
        emptyCard.setManaged(empty);
        watchAll.setVisible(offer);
        emptyWords.setText(
                offer
                        ? Messages.of(
                                "sync.empty.found", p.round().found().size(), p.round().catalog())
                        : Messages.of("sync.empty.none", p.round().catalog()));
        catalog.setText(
                Texts.of(
                        "PostgreSQL %s ↔ Delta catalog %s",
                        session.target().branch(), p.round().catalog()));
        next.setText(
                p.nextCheck() == null
                        ? ""
                        : Texts.of(
                                "next check %s",
                                Texts.clock(p.nextCheck(), p.now(), session.zone())));
        showSelection();
    }

    private static List<Node> pills(SyncSnapshot p) {
        var nodes = new ArrayList<Node>();
        pill(nodes, p, Texts.of("differs"), Role.CRITICAL);
        pill(nodes, p, Texts.of("failed"), Role.CRITICAL);
        pill(nodes, p, Texts.of("stale"), Role.WARNING);
        pill(nodes, p, Texts.of("equal"), Role.OK);
        return nodes;
    }

    private static void pill(List<Node> nodes, SyncSnapshot p, String state, Role role) {
        long count = p.pairs().stream().filter(q -> SyncWords.state(q).equals(state)).count();
        if (count > 0) {
            nodes.add(Nodes.pill(count + " " + state, role));
        }
    }

    private void showSelection() {
        var p = model.dataProperty().get();
        if (p == null) {
            pane.show();
            return;
        }
        var s = model.selectionProperty().get();
        pairs.show(p, s.pair());
        check.show();
        chips(s);
        keys.show(
                KeyLine.of(model.shownKeys(), s.open()),
                model.check().map(c -> c.columns()).orElse(List.of()),
                s.key());
        boolean listed = !model.keys().isEmpty();
        keysCard.setVisible(listed);
        keysCard.setManaged(listed);
        pane.show();
    }

    private void chips(SyncViewModel.Selection s) {
        var chips = new Segments<String>();
        chips.add("all", Texts.of("All %s", Format.grouped(model.keys().size())), "keys-all");
        for (var kind : DifferenceClass.values()) {
            long count = model.keys().stream().filter(k -> k.kind() == kind).count();
            if (count > 0) {
                chips.add(
                        kind.name(),
                        Texts.of(kind.label()) + " " + Format.grouped(count),
                        "keys-" + kind.name());
            }
        }
        var chosen = s.kind();
        boolean there = chosen != null && model.keys().stream().anyMatch(k -> k.kind() == chosen);
        chips.select(chosen != null && there ? chosen.name() : "all");
        chips.onChoice(k -> model.only(k.equals("all") ? null : DifferenceClass.valueOf(k)));
        keysHead.getChildren()
                .setAll(Nodes.label(Texts.of("Differing keys"), "card-title"), Nodes.spacer());
        if (s.bucket() != null) {
            keysHead.getChildren()
                    .add(
                            Nodes.button(
                                    Texts.of("bucket %s ✕", Format.grouped(s.bucket())),
                                    () -> model.only((Integer) null),
                                    "link"));
        }
        keysHead.getChildren().add(chips);
    }

    @Override
    public @Nullable Subject selection() {
        return model.pair()
                .map(p -> p.known().pair())
                .map(p -> Subject.table(p.database(), p.schema(), p.table()))
                .orElse(null);
    }

    @Override
    public void reveal(String table) {
        model.selectPair(table);
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown()
                || key.isAltDown()
                || key.getTarget() instanceof TextInputControl) {
            return false;
        }
        switch (key.getCode()) {
            case ESCAPE -> model.selectKey(null);
            case J -> model.step(1);
            case K -> model.step(-1);
            case C -> model.pair().ifPresent(p -> model.compare(p.name()));
            default -> {
                return false;
            }
        }
        return true;
    }
}
