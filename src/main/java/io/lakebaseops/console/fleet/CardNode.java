package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Sparkline;
import io.lakebaseops.domain.Format;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/// One card of the fleet.
final class CardNode extends VBox {
    static final double HEIGHT = 85;
    static final double TALL = 119;

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass BLIND = PseudoClass.getPseudoClass("blind");
    private static final PseudoClass OLD = PseudoClass.getPseudoClass("old");

    private final FontIcon icon = Nodes.icon(Feather.CIRCLE, Role.MUTED);
    private final Label name = Nodes.label("", "card-title");
    private final Label age = Nodes.label("", "card-note");
    private final Label words = Nodes.label("", "fleet-words");
    private final LightRow lights;
    private final Sparkline load = new Sparkline(true);
    private final Label bells = count(Feather.BELL);
    private final Label plans = count(Feather.SHIELD);
    private @Nullable ServerCard card;

    CardNode(FleetViewModel model) {
        lights = new LightRow(metric -> model.evidence(card(), metric));
        getStyleClass().addAll("card", "fleet-card");
        setAccessibleRole(AccessibleRole.BUTTON);
        setMinWidth(0);
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        age.setMinWidth(Region.USE_PREF_SIZE);
        words.setMinWidth(0);
        load.setMinWidth(0);
        load.setPrefWidth(40);
        HBox.setHgrow(load, Priority.ALWAYS);
        var first = new HBox(7, icon, name, age);
        first.setAlignment(Pos.CENTER_LEFT);
        var last = new HBox(6, lights, load, bells, plans);
        last.setAlignment(Pos.BOTTOM_LEFT);
        VBox.setVgrow(last, Priority.ALWAYS);
        getChildren().addAll(first, words, last);
        setOnMouseClicked(
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY) {
                        if (e.getClickCount() == 2) {
                            model.open(card());
                        } else {
                            model.select(card().key());
                        }
                    }
                });
    }

    private static Label count(Feather what) {
        var label = Nodes.label("", "fleet-count");
        label.setGraphic(new FontIcon(what));
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private ServerCard card() {
        return Objects.requireNonNull(card);
    }

    void show(ServerCard next, boolean chosen, double height, Instant now, ZoneId zone) {
        setMinHeight(height);
        setMaxHeight(height);
        pseudoClassStateChanged(CHOSEN, chosen);
        var known = card;
        card = next;
        age.setText(age(next, now, zone));
        if (next.equals(known)) {
            return;
        }
        setId("card-" + next.id());
        icon.setIconCode(next.icon());
        Nodes.role(icon, next.icon() == Feather.SLASH ? Role.MUTED : next.state().role());
        name.setText(next.name());
        words.setText(next.words());
        boolean bad = next.state().needsYou() || next.state() == FleetState.WARNING;
        Nodes.role(words, bad && next.icon() != Feather.SLASH ? next.state().role() : Role.MUTED);
        Nodes.role(
                age,
                next.state() == FleetState.NOT_WATCHED && next.since() != null
                        ? Role.CRITICAL
                        : next.old() ? Role.WARNING : Role.MUTED);
        lights.show(next.lights());
        boolean blind = next.state() == FleetState.NOT_WATCHED;
        load.show(
                next.load().stream().mapToDouble(v -> v).toArray(),
                blind ? Role.MUTED : Role.INFO,
                1);
        counts(next);
        pseudoClassStateChanged(BLIND, blind);
        pseudoClassStateChanged(OLD, next.old());
        setAccessibleText(next.fullName() + ", " + next.state().words() + ": " + next.words());
    }

    private void counts(ServerCard next) {
        bells.setVisible(next.alerts() > 0);
        bells.setText(Integer.toString(next.alerts()));
        Nodes.role(bells, Role.of(next.worstAlert()));
        Nodes.tip(bells, Texts.count(next.alerts(), "open alert"));
        plans.setVisible(next.plans() > 0);
        plans.setText(Integer.toString(next.plans()));
        Nodes.role(plans, Role.WARNING);
        Nodes.tip(plans, Texts.count(next.plans(), "waiting plan"));
    }

    static String age(ServerCard card, Instant now, ZoneId zone) {
        var since = card.since();
        if (card.state() == FleetState.NOT_WATCHED && since != null) {
            return Texts.of("since %s", Texts.clock(since, now, zone));
        }
        var at = card.measuredAt();
        return at == null || card.state() == FleetState.NOT_WATCHED
                ? "–"
                : Format.briefly(java.time.Duration.between(at, now));
    }
}
