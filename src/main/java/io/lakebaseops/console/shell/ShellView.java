package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Practice;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.ask.AskDrawer;
import io.lakebaseops.console.ask.AskView;
import io.lakebaseops.console.fx.Fxml;
import io.lakebaseops.console.help.HelpPage;
import io.lakebaseops.console.help.HelpPane;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.NoticeBar;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.domain.TargetId;

import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The view of the frame: rail left, bar on top, status below, one screen at a time, layers above.
/// A screen is made when it is first visited.
public final class ShellView {

    private final ConsoleSession session;
    private final ShellViewModel model;
    private final List<Screen> screens;
    private final Runnable switchTheme;
    private final Parent root;
    private Rail rail;

    private final Visits visits = new Visits();
    private boolean stepping;
    private final LinkOpener links;
    private final Map<String, ScreenView<?>> opened = new HashMap<>();
    private final WindowClock seconds;
    private final Overlays layers;
    private final PaletteCommands commands;
    private final PaletteObjects objects;
    private TargetSwitch targets;
    private Screen current;
    private @Nullable ScreenView<?> shown;
    private final DrawerPlace drawer;
    private final ReportDesk reports;
    private final PracticeBar practiceBar;

    @FXML private StackPane layerHost;
    @FXML private VBox railBox;
    @FXML private StackPane place;
    @FXML private StackPane drawerHost;
    @FXML private VBox noticePlace;
    @FXML private MenuButton branches;
    @FXML private Label project;
    @FXML private Label slash;
    @FXML private Label branch;
    @FXML private FontIcon branchIcon;
    @FXML private Region health;
    @FXML private Label age;
    @FXML private StackPane countsPlace;
    @FXML private Button paletteButton;
    @FXML private Button themeButton;
    @FXML private Button helpButton;
    @FXML private Button reportButton;
    @FXML private Button workButton;
    @FXML private Label lastEvent;
    @FXML private Label cycle;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public ShellView(
            ConsoleSession session,
            ShellViewModel model,
            List<Screen> screens,
            PaletteObjects objects,
            Function<Runnable, AskDrawer> drawer,
            ReportDesk reports,
            Practice practice,
            Runnable switchTheme) {
        practiceBar = new PracticeBar(session, practice, this::told);
        this.session = session;
        this.model = model;
        this.screens = List.copyOf(screens);
        this.objects = objects;
        this.reports = reports;
        this.switchTheme = switchTheme;
        this.drawer = new DrawerPlace(drawer);
        links = new LinkOpener(session, screens, model.tools(), model::tell);
        current = this.screens.getFirst();
        root = Fxml.load(this);
        layers = new Overlays(layerHost);
        commands =
                new PaletteCommands(
                        session,
                        screens,
                        model.tools(),
                        model.jobs(),
                        switchTheme,
                        this::refresh,
                        this::help,
                        this::help,
                        this::report,
                        model::openLocal,
                        practiceBar::begin,
                        this::step);
        seconds = new WindowClock(root, this::tick);
    }

    public Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        rail = new Rail(railBox, screens, this::open);
        targets =
                new TargetSwitch(
                        session, this::openPalette, branches, project, slash, branch, branchIcon);
        paletteButton.setOnAction(_ -> openPalette());
        themeButton.setOnAction(_ -> switchTheme.run());
        helpButton.setOnAction(_ -> help());
        reportButton.setOnAction(_ -> report());
        workButton.setOnAction(_ -> toggleWork());
        noticePlace.getChildren().addAll(practiceBar, new NoticeBar(model, session));
        workButton.setMnemonicParsing(false);
        workButton.setMaxWidth(560);
        workButton.textProperty().bind(model.doingProperty());
        workButton
                .accessibleTextProperty()
                .bind(model.doingProperty().map(t -> Messages.of("shell.work") + ": " + t));
        cycle.textProperty().bind(model.cycleProperty());
        age.textProperty().bind(session.age().textProperty());
        model.work().addListener((ListChangeListener<Object>) _ -> showWork());
        showWork();
        model.dataProperty().addListener((_, _, picture) -> show(picture));
        session.age().freshnessProperty().addListener((_, _, f) -> showHealth(f));
        showHealth(session.age().freshnessProperty().get());
        session.targetProperty()
                .addListener(
                        (_, _, t) -> {
                            showTarget(t);
                            visited();
                        });
        showTarget(session.target());
        session.destinationProperty().addListener((_, _, to) -> goTo(to));
        session.onAgain(this::goTo);
    }

    private void tick() {
        model.tick();
        practiceBar.show();
    }

    /// What the practice was about.
    private void told(Practice.Result result) {
        layers.show(
                new PracticePane(result, practiceBar::begin, layers::close),
                javafx.geometry.Pos.CENTER);
    }

    private void visited() {
        if (!stepping) {
            visits.visit(new Visits.Visit(session.target(), session.destinationProperty().get()));
        }
    }

    /// Through the places visited.
    ///
    /// @param by -1 back, 1 forward
    void step(int by) {
        visits.step(by)
                .ifPresent(
                        to -> {
                            stepping = true;
                            if (!to.target().equals(session.target())) {
                                session.lookAt(to.target());
                            }
                            session.goTo(to.place());
                            stepping = false;
                        });
    }

    /// Follows a link into the console.
    void open(String link) {
        links.open(link);
    }

    /// Starts following events and time; the first screen appears.
    public void activate() {
        model.activate();
        goTo(session.destinationProperty().get());
        seconds.start();
    }

    public void deactivate() {
        seconds.stop();
        if (shown != null) {
            shown.model().deactivate();
        }
        model.deactivate();
    }

    private void goTo(Destination to) {
        var next =
                screens.stream()
                        .filter(s -> s.id().equals(to.screen()))
                        .findFirst()
                        .orElse(current);
        if (shown != null && next != current && !shown.mayLeave(to)) {
            session.goTo(current.home());
            return;
        }
        var view = view(next.id());
        if (shown != null && shown != view) {
            shown.model().deactivate();
        }
        if (next != current) {
            drawer.close();
        }
        current = next;
        shown = view;
        view.model().activate();
        if (!place.getChildren().equals(List.of(view.root()))) {
            place.getChildren().setAll(view.root());
        }
        rail.here(next);
        showTarget(session.target());
        visited();
        if (to.item() != null) {
            reveal(view, to);
        }
    }

    /// What a destination names is there only when the screen was read.
    private void reveal(ScreenView<?> view, Destination to) {
        var state = view.model().stateProperty();
        if (state.get() != ScreenState.LOADING) {
            view.reveal(Objects.requireNonNull(to.item()));
            return;
        }
        state.addListener(
                new ChangeListener<ScreenState>() {
                    @Override
                    public void changed(
                            ObservableValue<? extends ScreenState> of,
                            ScreenState before,
                            ScreenState now) {
                        state.removeListener(this);
                        if (to.equals(session.destinationProperty().get())) {
                            view.reveal(Objects.requireNonNull(to.item()));
                        }
                    }
                });
    }

    ScreenView<?> view(String id) {
        return opened.computeIfAbsent(
                id,
                _ ->
                        screens.stream()
                                .filter(s -> s.id().equals(id))
                                .findFirst()
                                .orElseThrow()
                                .factory()
                                .apply(session));
    }

    private void show(@Nullable ShellSnapshot picture) {
        if (picture == null) {
            return;
        }
        rail.count(picture.badges());
        lastEvent.setText(picture.lastEvent());
        targets.list(picture.targets());
    }

    private void showTarget(TargetId target) {
        var own = shown == null ? null : shown.topBar();
        targets.show(target, own);
        for (var part : List.of(health, age)) {
            part.setVisible(own == null);
            part.setManaged(own == null);
        }
        countsPlace.getChildren().setAll(own == null ? List.of() : List.of(own.counts()));
    }

    private void showHealth(Freshness freshness) {
        var role =
                switch (freshness) {
                    case WAITING -> Role.MUTED;
                    case LIVE -> Role.OK;
                    case STALE -> Role.WARNING;
                };
        Nodes.role(health, role);
        Nodes.role(age, role == Role.WARNING ? role : Role.MUTED);
    }

    private void showWork() {
        int n = model.work().size();
        workButton.pseudoClassStateChanged(PseudoClass.getPseudoClass("busy"), n > 0);
    }

    /// The keys that work everywhere; true when the key was one of them.
    boolean onKey(javafx.scene.input.KeyEvent e) {
        return new Shortcuts(this, layers).handle(e);
    }

    /// Asks about what is selected on the screen; on the Ask screen itself there is no drawer.
    void ask() {
        var from = shown;
        if (from instanceof AskView own) {
            own.focusInput();
        } else if (from != null) {
            drawer.toggle(drawerHost, from.selection());
        }
    }

    void openPalette() {
        var palette = new Palette(objects, layers::close);
        layers.show(palette, javafx.geometry.Pos.TOP_CENTER);
        var picture = model.dataProperty().get();
        palette.open(commands.all(picture == null ? List.of() : picture.targets()));
    }

    void help() {
        help(current.id());
    }

    /// Of the screen shown or of the whole state.
    void report() {
        layers.show(
                new ReportPane(
                        session,
                        reports,
                        current,
                        view(current.id()).model(),
                        ReportPane.dialog(root),
                        layers::close),
                javafx.geometry.Pos.CENTER);
    }

    private void help(String screen) {
        var pane =
                new HelpPane(HelpPage.of(screen).orElse(null), Shortcuts.EVERYWHERE, layers::close);
        layers.show(pane, javafx.geometry.Pos.TOP_RIGHT);
        pane.requestFocus();
    }

    private void toggleWork() {
        layers.show(
                new WorkPopover(model, session.background(), layers::close),
                javafx.geometry.Pos.BOTTOM_LEFT);
    }

    void refresh() {
        model.reload();
        if (shown != null) {
            shown.model().tryAgain();
        }
    }

    List<Screen> screens() {
        return screens;
    }

    /// In the mode it was left in.
    void open(Screen screen) {
        session.goTo(rail.asLeft(screen).home());
    }

    /// The keys of the screen shown.
    boolean onScreenKey(javafx.scene.input.KeyEvent e) {
        return drawer.onKey(e) || (shown != null && shown.onKey(e));
    }
}
