package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;

import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.List;

/// The line above the cards: filter, kept views, state counts and grouping.
final class FleetTools extends VBox {
    private final FleetViewModel model;
    private final TextField filter = new TextField();
    private final MenuButton views = new MenuButton("");
    private final Segments<FleetViewModel.Show> shows = new Segments<>();
    private final Segments<Grouping> groupings = new Segments<>();
    private final MenuButton grouped = new MenuButton("");
    private final Label by = Nodes.label(Texts.of("Group by"), "card-note");
    private final Label order = Nodes.label(Texts.of("worst first"), "card-note");
    private final Label refused = Nodes.wrapped("", "row-trailing");
    private final TextField name = new TextField();
    private final HBox keeping;
    private final HBox line;
    private final PauseTransition pause = new PauseTransition(Duration.millis(200));

    FleetTools(FleetViewModel model) {
        super(4);
        this.model = model;
        filter.setId("fleet-filter");
        filter.setPromptText(Texts.of("Filter: name, state:, env:"));
        filter.setAccessibleText(Texts.of("Filter the servers"));
        filter.setPrefWidth(250);
        filter.setMinWidth(140);
        Nodes.tip(
                filter,
                Texts.of(
                        "All words must hold; a comma means either, a minus in front means not, a star stands for anything.\nstate:critical,warning  env:ci  owner:anna  project:storefront-prod  profile:  name:ci-*\nlag>10s  cache<99%  connections>70%  dead>10%  lock>30s  deadlocks>2  slow>5s  xid>500M"));
        pause.setOnFinished(_ -> model.filter(filter.getText()));
        filter.textProperty().addListener((_, _, _) -> pause.playFromStart());
        filter.setOnAction(_ -> model.filter(filter.getText()));
        views.setId("fleet-views");
        views.setGraphic(new FontIcon(Feather.BOOKMARK));
        views.setAccessibleText(Texts.of("Kept views"));
        views.getStyleClass().add("fleet-menu");
        Nodes.tip(views, Texts.of("Views kept under a name"));
        for (var s : FleetViewModel.Show.values()) {
            shows.add(s, s.name(), "show-" + s.name().toLowerCase(java.util.Locale.ROOT));
        }
        shows.onChoice(model::show);
        for (var g : Grouping.values()) {
            groupings.add(g, g.words(), "group-" + g.name().toLowerCase(java.util.Locale.ROOT));
            var item =
                    new MenuItem(Texts.of("by %s", g.words().toLowerCase(java.util.Locale.ROOT)));
            item.setOnAction(_ -> model.group(g));
            grouped.getItems().add(item);
        }
        groupings.onChoice(model::group);
        grouped.getStyleClass().add("fleet-menu");
        grouped.setMinWidth(Region.USE_PREF_SIZE);
        by.setMinWidth(Region.USE_PREF_SIZE);
        order.setMinWidth(Region.USE_PREF_SIZE);
        name.setId("fleet-view-name");
        name.setPromptText(Texts.of("Name of the view"));
        var keep = Nodes.button(Texts.of("Keep"), this::keep, "accent", "small");
        keep.disableProperty().bind(name.textProperty().map(String::isBlank));
        name.setOnAction(_ -> keep.fire());
        keeping =
                Nodes.row(
                        Nodes.label(Texts.of("Keep filter and grouping as"), "card-note"),
                        name,
                        keep,
                        Nodes.button(Texts.of("Cancel"), () -> asks(false), "small"));
        refused.setId("fleet-refused");
        Nodes.role(refused, Role.WARNING);
        asks(false);
        line = Nodes.row(filter, views, shows, Nodes.spacer(), by, groupings, grouped, order);
        getChildren().addAll(line, keeping, refused);
        widthProperty().addListener((_, _, w) -> arrange(w.doubleValue()));
        model.viewsProperty().addListener((_, _, _) -> fillViews());
        fillViews();
    }

    /// A menu instead of the buttons, and no words besides, where there is little room for the
    /// words of the language shown.
    private void arrange(double width) {
        filter.setPrefWidth(250);
        List.of(order, by, groupings).forEach(part -> shown(part, true));
        shown(grouped, false);
        if (lacks(width)) {
            shown(order, false);
        }
        if (lacks(width)) {
            shown(by, false);
        }
        if (lacks(width)) {
            filter.setPrefWidth(150);
            shown(groupings, false);
            shown(grouped, true);
        }
    }

    /// The filter may become as small as it can be read.
    private boolean lacks(double width) {
        return line.prefWidth(-1) - filter.getPrefWidth() + filter.getMinWidth() > width;
    }

    private static void shown(Region node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private void asks(boolean on) {
        shown(keeping, on);
        if (on) {
            name.clear();
            name.requestFocus();
        }
    }

    private void keep() {
        if (!name.getText().isBlank()) {
            model.keep(name.getText());
            asks(false);
        }
    }

    private void fillViews() {
        var items = new ArrayList<MenuItem>();
        for (var view : model.viewsProperty().get()) {
            var item =
                    new MenuItem(
                            view.name() + (view.filter().isEmpty() ? "" : ":  " + view.filter()));
            item.setMnemonicParsing(false);
            item.setOnAction(
                    _ -> {
                        model.use(view);
                        filter.setText(view.filter());
                    });
            items.add(item);
        }
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        var keep = new MenuItem(Texts.of("Keep this view…"));
        keep.setOnAction(_ -> asks(true));
        items.add(keep);
        for (var view : model.viewsProperty().get()) {
            var item = new MenuItem(Texts.of("Forget %s", view.name()));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> model.forget(view));
            items.add(item);
        }
        views.getItems().setAll(items);
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    void show(FleetSnapshot fleet) {
        int bad = fleet.count(FleetState.CRITICAL) + fleet.count(FleetState.NOT_WATCHED);
        int pending = fleet.count(FleetState.PENDING);
        shows.text(FleetViewModel.Show.ALL, Texts.of("All %s", fleet.cards().size()));
        shows.text(FleetViewModel.Show.NEEDS_YOU, Texts.of("%s need you", bad));
        shows.dot(FleetViewModel.Show.NEEDS_YOU, bad > 0 ? Role.CRITICAL : null);
        shows.text(
                FleetViewModel.Show.WARNING,
                Texts.of("%s warning", fleet.count(FleetState.WARNING)));
        shows.text(FleetViewModel.Show.OK, Texts.of("%s ok", fleet.count(FleetState.OK)));
        shows.text(FleetViewModel.Show.PENDING, Texts.of("%s not measured yet", pending));
        shows.offer(
                FleetViewModel.Show.PENDING,
                pending > 0 || model.show() == FleetViewModel.Show.PENDING);
        shows.text(
                FleetViewModel.Show.ASLEEP, Texts.of("%s asleep", fleet.count(FleetState.ASLEEP)));
        shows.select(model.show());
        groupings.select(model.grouping());
        grouped.setText(
                Texts.of("by %s", model.grouping().words().toLowerCase(java.util.Locale.ROOT)));
        arrange(getWidth());
        refused.setText(model.refused());
        shown(refused, !model.refused().isEmpty());
    }
}
