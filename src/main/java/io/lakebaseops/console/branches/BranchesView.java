package io.lakebaseops.console.branches;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.branches.BranchLine.Compute;
import io.lakebaseops.console.branches.BranchLook.Fold;
import io.lakebaseops.console.branches.BranchLook.Shown;
import io.lakebaseops.console.fx.FxTicker;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;

/// What branches there are, why, until when, and what differs: the graph over time with the life
/// cycle below it, and the pages for schema diffs, migration tests and project tools.
public final class BranchesView extends ScreenView<BranchesViewModel> {
    /// Nothing is asked of the control plane for it: the listing is kept for a minute.
    private static final Duration TICK = Duration.ofSeconds(30);

    private final BranchGraph graph;
    private final LifeCycle life;
    private final BranchPane pane;
    private final SchemaDiffPage diff;
    private final MigrationPage migration;
    private final ProjectToolsPage tools;
    private final Segments<Shown> shown = new Segments<>();
    private final Segments<Fold> fold = new Segments<>();
    private final Segments<Boolean> time = new Segments<>();

    private final Button two = button("diff-two", Texts.of("Diff two…"), this::diffTwo);

    @FXML private StackPane pages;
    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private FlowPane bar;
    @FXML private TextField filter;
    @FXML private VBox plain;
    @FXML private VBox graphPlace;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public BranchesView(ConsoleSession session, BranchesViewModel model) {
        super(session, model);
        graph = new BranchGraph(session, model);
        life = new LifeCycle(session, graph, model);
        pane = new BranchPane(session, model);
        diff = new SchemaDiffPage(model);
        migration = new MigrationPage(session, model);
        tools = new ProjectToolsPage(session, model);
    }

    @FXML
    private void initialize() {
        for (var one : Shown.values()) {
            shown.add(one, "", "branches-" + one.name().toLowerCase(Locale.ROOT));
        }
        shown.select(Shown.ALL);
        shown.onChoice(s -> model.look(model.lookProperty().get().shown(s)));
        fold.add(Fold.NONE, Texts.of("All rows"), "fold-none");
        fold.add(Fold.TYPE, Texts.of("By type"), "fold-type");
        fold.add(Fold.OWNER, Texts.of("By owner"), "fold-owner");
        fold.select(Fold.NONE);
        fold.onChoice(f -> model.look(model.lookProperty().get().fold(f)));
        time.add(true, Texts.of("Log time"), "time-log");
        time.add(false, Texts.of("Linear"), "time-linear");
        time.select(true);
        time.onChoice(log -> model.look(model.lookProperty().get().log(log)));
        filter.textProperty()
                .addListener((_, _, text) -> model.look(model.lookProperty().get().filter(text)));
        graph.legend().getChildren().add(time);
        bar.getChildren()
                .addAll(
                        shown,
                        fold,
                        two,
                        button(
                                "open-migration",
                                Texts.of("Migration test…"),
                                model.migration()::open),
                        button("open-tools", Texts.of("Tools…"), model.tools()::open));
        graphPlace.setSpacing(10);
        VBox.setVgrow(graph, Priority.ALWAYS);
        graph.setMinHeight(300);
        graphPlace.getChildren().setAll(graph, life);
        content.getChildren().add(1, new StateBanner(model, session, graph, life));
        body.getChildren().add(pane.node());
        pages.getChildren().addAll(diff, migration, tools);
        plain.managedProperty().bind(plain.visibleProperty());
        verdict.whileUnread(model, Messages.of("branches.loading"), Messages.of("branches.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.lookProperty().addListener((_, _, _) -> showGraph());
        model.computes().property().addListener((_, _, _) -> showGraphAndPane());
        model.activeProperty().addListener((_, _, _) -> showGraph());
        model.selectedProperty().addListener((_, _, _) -> showGraphAndPane());
        model.draftProperty()
                .addListener(
                        (_, before, after) -> {
                            showGraph();
                            if (before == null || after == null) {
                                pane.show();
                            }
                            if (before == null && after != null) {
                                pane.form().focus();
                            }
                        });
        model.acts().filedProperty().addListener((_, _, _) -> pane.show());
        model.markedProperty().addListener((_, _, _) -> counts());
        model.diffs().runProperty().addListener((_, _, _) -> showPage());
        model.migration().openProperty().addListener((_, _, _) -> showPage());
        model.tools().openProperty().addListener((_, _, _) -> showPage());
        tick();
        show(model.dataProperty().get());
        showPage();
    }

    private void tick() {
        var ticking = new FxTicker(TICK, model::refresh);
        body.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene == null) {
                                ticking.stop();
                            } else {
                                ticking.start();
                            }
                        });
    }

    private static Button button(String id, String text, Runnable act) {
        var button = Nodes.button(text, act, "small");
        button.setId(id);
        return button;
    }

    private void diffTwo() {
        var names = model.names();
        var chosen = model.life().orElse(null);
        var source = chosen == null ? null : chosen.branch().source();
        if (chosen != null && source != null && names.contains(source)) {
            model.diffs().compare(source, chosen.id(), false);
        } else if (names.size() > 1) {
            model.diffs().compare(names.get(0), names.get(1), false);
        }
    }

    private void show(@Nullable BranchesSnapshot p) {
        if (p == null) {
            for (var node : new Node[] {graphPlace, bar, plain}) {
                node.setVisible(false);
            }
            return;
        }
        var said = BranchesVerdict.of(p, model.board().policy().limits());
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        boolean has = p.project() != null;
        graphPlace.setVisible(has);
        bar.setVisible(has);
        plain.setVisible(!has);
        if (!has) {
            plain.getChildren().setAll(WithoutBranches.words());
        }
        life.show(p);
        showGraphAndPane();
    }

    private void showGraphAndPane() {
        showGraph();
        pane.show();
    }

    private void showGraph() {
        var p = model.dataProperty().get();
        if (p != null && p.project() != null) {
            counts();
            graph.show(p);
        }
    }

    private void counts() {
        var p = model.dataProperty().get();
        if (p == null) {
            return;
        }
        var computes = model.computes().property().get();
        long active = 0;
        long suspended = 0;
        for (var b : p.branches()) {
            var state = BranchLine.compute(computes.get(b.id()), p.now());
            active += state == Compute.ACTIVE || state == Compute.IDLE ? 1 : 0;
            suspended += state == Compute.SUSPENDED ? 1 : 0;
        }
        shown.text(Shown.ALL, Texts.of("All %s", p.branches().size()));
        shown.text(Shown.ACTIVE, Texts.of("Active %s", active));
        shown.text(Shown.SUSPENDED, Texts.of("Suspended %s", suspended));
        shown.text(
                Shown.ENDING, Texts.of("Ends in 24 h: %s", p.ending(Duration.ofHours(24)).size()));
        var marked = model.markedProperty().get();
        two.setText(marked == null ? Texts.of("Diff two…") : Texts.of("Diff %s to… (d)", marked));
    }

    private void showPage() {
        boolean migrates = model.migration().openProperty().get();
        boolean offers = model.tools().openProperty().get();
        boolean compares = model.diffs().runProperty().get() != null;
        boolean opens = migrates && !migration.isVisible();
        migration.setVisible(migrates);
        tools.setVisible(offers && !migrates);
        diff.setVisible(compares && !migrates && !offers);
        body.setVisible(!migrates && !offers && !compares);
        if (body.isVisible()) {
            graph.focus();
        } else if (opens) {
            migration.focus();
        }
    }

    @Override
    public void reveal(String branch) {
        model.select(branch);
    }

    @Override
    public boolean onKey(KeyEvent key) {
        boolean typing = key.getTarget() instanceof TextInputControl;
        if (key.isShortcutDown() || (typing && key.getCode() != KeyCode.ESCAPE)) {
            return false;
        }
        return body.isVisible() ? onGraphKey(key) : onPageKey(key);
    }

    private boolean onPageKey(KeyEvent key) {
        boolean back =
                switch (key.getCode()) {
                    case ESCAPE -> true;
                    case LEFT -> key.isAltDown();
                    default -> false;
                };
        if (back) {
            model.back();
            return true;
        }
        return migration.isVisible() ? migration.onKey(key) : diff.isVisible() && diff.onKey(key);
    }

    private boolean onGraphKey(KeyEvent key) {
        var life = model.life().orElse(null);
        var rules = model.rules().orElse(null);
        if (key.isAltDown() || rules == null) {
            return false;
        }
        switch (key.getCode()) {
            case ESCAPE -> {
                if (model.draftProperty().get() != null) {
                    model.draft((BranchDraft) null);
                    graph.focus();
                } else {
                    model.close();
                }
            }
            case SLASH -> filter.requestFocus();
            case DIGIT0 -> time.select(true);
            case M -> model.migration().open();
            case C -> model.draft();
            case D -> {
                if (life != null) {
                    model.mark(life.id());
                }
            }
            case P, R, X, DELETE -> {
                return life != null && press(key);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The button of the pane, so that what is not possible does nothing.
    private boolean press(KeyEvent key) {
        var id =
                switch (key.getCode()) {
                    case P -> "#plan-protect";
                    case R -> "#plan-reset";
                    case X -> "#extend";
                    default -> "#delete";
                };
        if (pane.node().lookup(id) instanceof Button button) {
            button.fire();
            return true;
        }
        return false;
    }
}
