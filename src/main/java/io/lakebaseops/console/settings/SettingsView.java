package io.lakebaseops.console.settings;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Every setting on one page that scrolls: the sections left, the selected row's pane right, what
/// does not work now on top.
public final class SettingsView extends ScreenView<SettingsViewModel> {
    /// Narrower than this the sections are icons and the cards stand below each other.
    private static final double WIDE = 1400;

    private final SectionList sections;
    private final ThresholdsCard thresholds;
    private final NotificationsCard notifications;
    private final ModelCard modelCard;
    private final OwnCostCard cost = new OwnCostCard();
    private final DecisionsCard decisions;
    private final FactCards facts;
    private final SidePane pane;
    private final ThresholdPane thresholdPane;
    private final ChannelPane channelPane;
    private final ModelPane modelPane;
    private final KeptPane keptPane;
    private final LeavingPane leavingPane;
    private final SaveActs acts;
    private final Map<Section, Region> places = new EnumMap<>(Section.class);
    private final HBox saveBar = new HBox(8);
    private final VBox rows = new VBox(10);
    private @Nullable Boolean narrow;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private ScrollPane scroll;
    @FXML private VerdictLine verdict;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public SettingsView(ConsoleSession session, SettingsViewModel model) {
        super(session, model);
        sections = new SectionList(session, this::scrollTo);
        thresholds = new ThresholdsCard(model);
        notifications = new NotificationsCard(session, model);
        modelCard = new ModelCard(model);
        decisions = new DecisionsCard(session, model);
        facts = new FactCards(session);
        pane = new SidePane("settings-pane", model::close);
        thresholdPane = new ThresholdPane(model, pane);
        channelPane = new ChannelPane(session, model, pane);
        modelPane = new ModelPane(model, pane);
        keptPane = new KeptPane(session, model, pane);
        leavingPane = new LeavingPane(model, pane);
        acts = new SaveActs(model, "bar");
    }

    @FXML
    private void initialize() {
        places.put(Section.THRESHOLDS, thresholds);
        places.put(Section.NOTIFICATIONS, notifications);
        places.put(Section.MODEL, modelCard);
        places.put(Section.COST, cost);
        places.put(Section.DECISIONS, decisions);
        for (var section : Section.values()) {
            places.computeIfAbsent(section, facts::card);
        }
        body.getChildren().addFirst(sections);
        body.getChildren().add(pane);
        saveBar.getChildren().addAll(Nodes.spacer(), acts.discard(), acts.save());
        saveBar.getStyleClass().add("save-bar");
        saveBar.managedProperty().bind(saveBar.visibleProperty());
        content.getChildren().addAll(new StateBanner(model, session, rows), saveBar, rows);
        body.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                scene.widthProperty()
                                        .addListener((_, _, w) -> arrange(w.doubleValue() < WIDE));
                                arrange(scene.getWidth() < WIDE);
                            }
                        });
        arrange(false);
        sections.choose(Section.THRESHOLDS);
        verdict.whileUnread(model, Texts.of("Reading the settings …"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.versionProperty().addListener((_, _, _) -> say());
        model.openedProperty().addListener((_, _, next) -> open(next));
        model.channels()
                .tested()
                .addListener(
                        (javafx.collections.MapChangeListener<String, ChannelDesk.Result>)
                                _ -> say());
        show(model.dataProperty().get());
    }

    private void arrange(boolean small) {
        if (narrow != null && narrow == small) {
            return;
        }
        narrow = small;
        sections.narrow(small);
        thresholds.narrow(small);
        grow(notifications, 1.5);
        grow(modelCard, 1);
        grow(cost, 1);
        rows.getChildren().clear();
        if (small) {
            rows.getChildren().addAll(thresholds, notifications, line(modelCard, cost), decisions);
        } else {
            rows.getChildren().addAll(thresholds, line(notifications, modelCard, cost), decisions);
        }
        rows.getChildren()
                .addAll(
                        line(of(Section.CONNECTIONS), of(Section.SCHEDULE)),
                        of(Section.POLICIES),
                        line(of(Section.RETENTION), of(Section.STATE)),
                        line(of(Section.APPEARANCE), of(Section.ABOUT)));
    }

    private Region of(Section section) {
        return Objects.requireNonNull(places.get(section));
    }

    private static void grow(Region card, double share) {
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setPrefWidth(220 * share);
        card.setMinWidth(0);
    }

    private static HBox line(Region... cards) {
        var line = new HBox(10, cards);
        line.setFillHeight(true);
        return line;
    }

    private void show(@Nullable SettingsSnapshot p) {
        if (p == null) {
            rows.setVisible(false);
            return;
        }
        rows.setVisible(true);
        thresholds.show(p);
        notifications.show(p);
        modelCard.show(p.model());
        cost.show(p.load());
        decisions.show(p);
        facts.show(p);
        sections.show(p.changes());
        values(p);
        say();
        refreshPane(p);
    }

    private void say() {
        var p = model.dataProperty().get();
        if (p == null) {
            return;
        }
        var said = SettingsVerdict.of(p, model);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        int n = model.unsaved();
        var shown = model.openedProperty().get();
        saveBar.setVisible(
                n > 0 && !(shown instanceof Opened.Threshold || shown instanceof Opened.Leaving));
        decisions.setDisable(model.readOnly());
        notifications.setDisable(model.readOnly());
        sections.value(
                Section.STATE,
                model.readOnly() ? Texts.of("not read") : Texts.of("ok"),
                model.readOnly() ? Role.CRITICAL : Role.OK);
        sections.value(
                Section.THRESHOLDS,
                n > 0 ? Texts.count(n, "change") : outside(p),
                n > 0 ? Role.INFO : Role.MUTED);
        long failed = SettingsVerdict.failed(p, model).size();
        int all = p.channels().lines().size();
        sections.value(
                Section.NOTIFICATIONS,
                failed > 0
                        ? Texts.of("%s failed", failed)
                        : all == 0 ? Texts.of("none") : Integer.toString(all),
                failed > 0 ? Role.CRITICAL : Role.MUTED);
    }

    private String outside(SettingsSnapshot p) {
        long n = SettingsVerdict.outside(p, model);
        return n == 0 ? Integer.toString(p.measures().size()) : Texts.of("%s outside", n);
    }

    private void values(SettingsSnapshot p) {
        long broken = p.connections().lines().stream().filter(FactCards::failed).count();
        sections.value(
                Section.CONNECTIONS,
                broken > 0
                        ? Texts.of("%s failed", broken)
                        : Integer.toString(p.connections().lines().size()),
                broken > 0 ? Role.CRITICAL : Role.MUTED);
        sections.value(Section.POLICIES, Integer.toString(p.measures().size()), Role.MUTED);
        sections.value(
                Section.MODEL,
                p.model().settings().on() ? Texts.of("on") : Texts.of("off"),
                Role.MUTED);
        long bytes = p.installation().kept().stream().mapToLong(k -> Math.max(0, k.bytes())).sum();
        sections.value(Section.RETENTION, Format.size(bytes), Role.MUTED);
        sections.value(Section.SCHEDULE, Texts.count(p.jobs().size(), "job"), Role.MUTED);
        sections.value(Section.DECISIONS, Integer.toString(p.decisions().size()), Role.MUTED);
        sections.value(Section.COST, Texts.of("%s conn.", p.load().pids().size()), Role.MUTED);
        sections.value(Section.APPEARANCE, "", Role.MUTED);
        sections.value(Section.ABOUT, p.installation().version(), Role.MUTED);
    }

    private void open(@Nullable Opened next) {
        var p = model.dataProperty().get();
        if (next == null || p == null) {
            pane.hide();
        } else {
            fill(next, p);
        }
        say();
    }

    private void fill(Opened next, SettingsSnapshot p) {
        switch (next) {
            case Opened.Threshold(var metric) -> {
                sections.choose(Section.THRESHOLDS);
                thresholdPane.show(metric, p);
            }
            case Opened.Channel(var name) -> {
                sections.choose(Section.NOTIFICATIONS);
                channelPane.show(name, p);
            }
            case Opened.Model() -> {
                sections.choose(Section.MODEL);
                modelPane.show(p.model());
            }
            case Opened.Kept(var decision) -> {
                sections.choose(Section.DECISIONS);
                keptPane.show(decision, p);
            }
            case Opened.Leaving(var to) -> leavingPane.show(to);
        }
    }

    /// What is typed into a form stays; figures are drawn anew.
    private void refreshPane(SettingsSnapshot p) {
        switch (model.openedProperty().get()) {
            case Opened.Threshold(var metric) -> thresholdPane.show(metric, p);
            case Opened.Kept(var decision) -> keptPane.show(decision, p);
            case Opened.Channel(var name) -> {
                if (!channelPane.touched()) {
                    channelPane.show(name, p);
                }
            }
            case Opened.Model _, Opened.Leaving _ -> {}
            case null -> {}
        }
    }

    private void scrollTo(Section section) {
        sections.choose(section);
        var card = of(section);
        double top = 0;
        for (Node n = card; n != null && n != content; n = n.getParent()) {
            top += n.getBoundsInParent().getMinY();
        }
        double room = content.getHeight() - scroll.getViewportBounds().getHeight();
        scroll.setVvalue(room <= 0 ? 0 : Math.clamp((top - 8) / room, 0, 1));
        if (section == Section.THRESHOLDS) {
            thresholds.begin();
        }
    }

    /// A section, or a measure whose pane opens.
    @Override
    public void reveal(String item) {
        for (var section : Section.values()) {
            if (section.id().equals(item)) {
                scrollTo(section);
                return;
            }
        }
        for (var metric : MetricName.values()) {
            if (metric.id().equals(item)) {
                model.open(new Opened.Threshold(metric));
            }
        }
    }

    @Override
    public boolean mayLeave(Destination to) {
        return model.mayLeave(to);
    }

    /// `/` finds a setting, Ctrl-S saves, Esc takes a field back and else closes the pane.
    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() && key.getCode() == KeyCode.S) {
            model.save();
            return true;
        }
        if (key.isShortcutDown() || key.isAltDown()) {
            return false;
        }
        var focus = body.getScene() == null ? null : body.getScene().getFocusOwner();
        if (key.getCode() == KeyCode.ESCAPE
                && (sections.endSearch() || focus instanceof LimitInput i && i.back())) {
            return true;
        }
        if (key.getCode() == KeyCode.SLASH && !(focus instanceof TextInputControl)) {
            sections.beginSearch();
            return true;
        }
        if (key.getCode() == KeyCode.ESCAPE && model.openedProperty().get() != null) {
            model.close();
            return true;
        }
        return false;
    }
}
