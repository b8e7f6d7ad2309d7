package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.TargetWords;
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

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The view of the frame: rail left, bar on top, status below, one screen at a time, layers above.
/// A screen is made when it is first visited.
public final class ShellView {
    private static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

    private final ConsoleSession session;
    private final ShellViewModel model;
    private final List<Screen> screens;
    private final Runnable switchTheme;
    private final Parent root;
    private final Map<String, Button> rail = new HashMap<>();

    /// The mode a screen was left in.
    private final Map<String, Screen> modes = new HashMap<>();
    private final Map<String, Label> badges = new HashMap<>();
    private final Map<String, ScreenView<?>> opened = new HashMap<>();
    private final Timeline seconds;
    private final Overlays layers;
    private final PaletteCommands commands;
    private final PaletteObjects objects;
    private List<TargetId> listed = List.of();
    private Screen current;
    private @Nullable ScreenView<?> shown;
    private final DrawerPlace drawer;
    private final ReportDesk reports;

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
            @Nullable Function<Runnable, AskDrawer> drawer,
            ReportDesk reports,
            Runnable switchTheme) {
        this.session = session;
        this.model = model;
        this.screens = List.copyOf(screens);
        this.objects = objects;
        this.reports = reports;
        this.switchTheme = switchTheme;
        this.drawer = new DrawerPlace(drawer);
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
                        model::openLocal);
        seconds = new Timeline(new KeyFrame(Duration.seconds(1), _ -> model.tick()));
        seconds.setCycleCount(Animation.INDEFINITE);
    }

    public Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        for (var screen : screens) {
            if (screen.mode() != null) {
                continue;
            }
            var entry = new Button(screen.title(), new FontIcon(screen.icon()));
            entry.getStyleClass().add("rail-entry");
            entry.setMaxWidth(Double.MAX_VALUE);
            entry.setId("rail-" + (rail.size() + 1));
            entry.setOnAction(_ -> open(screen));
            entry.setMnemonicParsing(false);
            Node line = entry;
            if (screen.badge() != null) {
                var badge = Nodes.pill("", Role.WARNING);
                badge.setMouseTransparent(true);
                badge.setId("badge");
                badge.setVisible(false);
                badges.put(screen.id(), badge);
                var stack = new StackPane(entry, badge);
                StackPane.setAlignment(badge, javafx.geometry.Pos.CENTER_RIGHT);
                StackPane.setMargin(badge, new Insets(0, 8, 0, 0));
                line = stack;
            }
            rail.put(screen.id(), entry);
            if (screen.id().equals(Destination.APPROVALS)) {
                VBox.setMargin(line, new Insets(14, 0, 0, 0));
            }
            railBox.getChildren().add(line);
        }
        paletteButton.setOnAction(_ -> openPalette());
        themeButton.setOnAction(_ -> switchTheme.run());
        helpButton.setOnAction(_ -> help());
        reportButton.setOnAction(_ -> report());
        workButton.setOnAction(_ -> toggleWork());
        noticePlace.getChildren().add(new NoticeBar(model, session));
        workButton.setMnemonicParsing(false);
        workButton.setMaxWidth(560);
        workButton.textProperty().bind(model.doingProperty());
        cycle.textProperty().bind(model.cycleProperty());
        age.textProperty().bind(session.age().textProperty());
        model.work().addListener((ListChangeListener<Object>) _ -> showWork());
        showWork();
        model.dataProperty().addListener((_, _, picture) -> show(picture));
        session.age().freshnessProperty().addListener((_, _, f) -> showHealth(f));
        showHealth(session.age().freshnessProperty().get());
        session.targetProperty().addListener((_, _, t) -> showTarget(t));
        showTarget(session.target());
        session.destinationProperty().addListener((_, _, to) -> goTo(to));
    }

    /// Starts following events and time; the first screen appears.
    public void activate() {
        model.activate();
        goTo(session.destinationProperty().get());
        seconds.play();
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
        var mode = next.mode();
        var entry = mode == null ? next.id() : mode;
        modes.put(entry, next);
        rail.forEach((id, button) -> button.pseudoClassStateChanged(HERE, id.equals(entry)));
        showTarget(session.target());
        if (to.item() != null) {
            view.reveal(to.item());
        }
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
        badges.forEach(
                (screen, badge) -> {
                    int n = picture.badges().getOrDefault(screen, 0);
                    badge.setText(Integer.toString(n));
                    badge.setVisible(n > 0);
                });
        lastEvent.setText(picture.lastEvent());
        if (!picture.targets().equals(listed)) {
            listed = picture.targets();
            fillSwitch();
        }
    }

    private void fillSwitch() {
        branches.getItems()
                .setAll(
                        TargetMenu.items(
                                listed, session.target(), this::lookAt, this::openPalette));
    }

    private void lookAt(TargetId target) {
        session.lookAt(target);
        if (shown != null && shown.topBar() != null) {
            session.goTo(Destination.overview());
        }
    }

    private void showTarget(TargetId target) {
        var own = shown == null ? null : shown.topBar();
        branch.textProperty().unbind();
        project.setText(own == null ? TargetWords.owner(target) : own.title());
        if (own == null) {
            branch.setText(target.branch());
            branches.setAccessibleText(Messages.of("shell.switch", TargetWords.of(target)));
        } else {
            branch.textProperty().bind(own.count());
        }
        branchIcon.setIconCode(TargetMenu.icon(target));
        for (var part : List.of(slash, branchIcon, health, age)) {
            part.setVisible(own == null);
            part.setManaged(own == null);
        }
        countsPlace.getChildren().setAll(own == null ? List.of() : List.of(own.counts()));
        Nodes.tip(branches, "Connection profile " + target.profile());
        fillSwitch();
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
        session.goTo(modes.getOrDefault(screen.id(), screen).home());
    }

    /// The keys of the screen shown.
    boolean onScreenKey(javafx.scene.input.KeyEvent e) {
        return drawer.onKey(e) || (shown != null && shown.onKey(e));
    }
}
