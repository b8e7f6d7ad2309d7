package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What is behind one threshold: its last thirty days against both limits, the alerts the limits
/// would have raised, and every number of its rule.
final class ThresholdPane {
    private final SettingsViewModel model;
    private final SidePane pane;
    private final DayBars bars;
    private final Label barsTitle = Nodes.label("", "row-sub");
    private final GridPane replays = new GridPane();
    private final Map<Field, LimitInput> inputs = new EnumMap<>(Field.class);
    private final Map<Field, Label> befores = new EnumMap<>(Field.class);
    private final Map<Field, Label> problems = new EnumMap<>(Field.class);
    private final VBox fields = new VBox(6);
    private final VBox facts = new VBox(8);
    private final Label measured = Nodes.wrapped("", "row-sub");
    private final Button standard;
    private final SaveActs acts;
    private @Nullable MetricName metric;

    ThresholdPane(SettingsViewModel model, SidePane pane) {
        this.model = model;
        this.pane = pane;
        bars = new DayBars(this::drawn);
        standard = Nodes.button(Texts.of("Default"), this::takeBack);
        standard.setId("threshold-default");
        acts = new SaveActs(model, "pane");
        replays.getStyleClass().add("replays");
        for (int i = 0; i < 4; i++) {
            var column = new ColumnConstraints();
            column.setHalignment(i == 0 ? HPos.LEFT : HPos.RIGHT);
            column.setHgrow(i == 0 ? Priority.ALWAYS : Priority.NEVER);
            column.setMinWidth(i == 0 ? 90 : 50);
            replays.getColumnConstraints().add(column);
        }
        for (var field : Field.values()) {
            fields.getChildren().add(line(field));
        }
        model.versionProperty().addListener((_, _, _) -> update());
        model.pastProperty().addListener((_, _, _) -> update());
        model.replaysProperty().addListener((_, _, _) -> showReplays());
    }

    private void drawn(Field field, String text) {
        if (metric != null && !model.readOnly()) {
            model.type(metric, field, text);
        }
    }

    private void takeBack() {
        if (metric != null) {
            model.takeBack(metric);
        }
    }

    private Node line(Field field) {
        var input = new LimitInput(model, field);
        input.setId("pane-" + field.name().toLowerCase(java.util.Locale.ROOT));
        input.setPrefWidth(84);
        input.setMaxWidth(84);
        var before = Nodes.label("", "limit-before");
        before.managedProperty().bind(before.visibleProperty());
        var problem = Nodes.wrapped("", "problem");
        problem.managedProperty().bind(problem.visibleProperty());
        inputs.put(field, input);
        befores.put(field, before);
        problems.put(field, problem);
        var line = Nodes.row(Nodes.label(word(field), "fact-name"), Nodes.spacer(), before, input);
        var box = new VBox(2, line, problem);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.getStyleClass().add("problem-right");
        return box;
    }

    private static String word(Field field) {
        return switch (field) {
            case WARNING -> Texts.of("warning");
            case CRITICAL -> Texts.of("critical");
            case OPENS -> Texts.of("opens after");
            case MARGIN -> Texts.of("closes when back by");
        };
    }

    void show(MetricName next, SettingsSnapshot picture) {
        metric = next;
        var line =
                picture.measures().stream().filter(m -> m.name() == next).findFirst().orElseThrow();
        inputs.forEach((field, input) -> input.about(next, line.title() + ", " + word(field)));
        update();
        showReplays();
        title(line);
        facts(line, picture);
        var chart =
                Nodes.row(
                        barsTitle,
                        Nodes.spacer(),
                        Nodes.label(Texts.of("draw a line to try it"), "row-sub"));
        pane.content(
                next.id() + model.scopeWords(),
                List.of(
                        new VBox(4, chart, bars),
                        new VBox(
                                4,
                                Nodes.label(
                                        Texts.of("Alerts it would have raised in 30 days"),
                                        "pane-section"),
                                replays,
                                measured),
                        fields,
                        facts));
        pane.acts(null, List.of(standard, acts.discard(), acts.save()));
    }

    private void title(ThresholdLine line) {
        var pills = new ArrayList<Node>();
        var value = line.judged();
        if (value != null) {
            var rule = ThresholdsCard.rule(model, line.name());
            var role = Role.of(rule.severityOf(value).orElse(null));
            pills.add(Nodes.pill(role.word() + ", " + Format.of(line.name(), value), role));
        } else {
            pills.add(Nodes.pill(Texts.of("not measured"), Role.UNAVAILABLE));
        }
        if (!line.object().isEmpty()) {
            pills.add(Nodes.pill(Texts.of("worst: %s", line.object()), Role.MUTED));
        }
        pane.title(null, line.title() + ", " + model.scopeWords(), List.of());
        var line2 = new HBox(6);
        line2.getChildren().addAll(pills);
        pane.note(line2);
    }

    private void update() {
        var about = metric;
        if (about == null) {
            return;
        }
        var rule = ThresholdsCard.rule(model, about);
        var saved = model.savedRule(about).limits();
        var old = LimitFields.of(about, saved);
        inputs.forEach(
                (field, input) -> {
                    input.update();
                    var before = Objects.requireNonNull(befores.get(field));
                    before.setText(old.text(field) + "  →");
                    before.setVisible(!old.text(field).equals(input.getText()));
                    var problem = Objects.requireNonNull(problems.get(field));
                    var why = input.problem();
                    problem.setText(why == null ? "" : why);
                    problem.setVisible(why != null);
                });
        standard.setText(
                model.everywhere() || !model.own(about)
                        ? Texts.of("Default")
                        : Texts.of("Remove branch value"));
        standard.setDisable(
                model.readOnly()
                        || (rule.limits().equals(model.measure(about).rule().limits())
                                && !model.own(about)
                                && !model.typed(about)));
        var past = model.pastProperty().get();
        barsTitle.setText(
                past == null
                        ? Texts.of("Reading 30 days…")
                        : Texts.of(
                                "%s of each day",
                                rule.bad() == Bad.ABOVE
                                        ? Texts.of("Highest")
                                        : Texts.of("Lowest")));
        bars.show(past == null ? List.of() : past.days(), rule, saved);
    }

    private void showReplays() {
        replays.getChildren().clear();
        String[] heads = {
            Texts.of("limits"), Texts.of("warning"), Texts.of("critical"), Texts.of("< 5 min")
        };
        for (int i = 0; i < heads.length; i++) {
            replays.add(Nodes.label(heads[i], "small-head"), i, 0);
        }
        int at = 1;
        var about = metric;
        var past = model.pastProperty().get();
        if (about == null || past == null) {
            measured.setText("");
            return;
        }
        for (var r : model.replaysProperty().get()) {
            var style = r.words().equals("changed") ? "row-title" : "row-sub";
            replays.add(Nodes.label(words(about, r.limits()) + ", " + r.words(), style), 0, at);
            replays.add(count(r.counts().warnings()), 1, at);
            replays.add(count(r.counts().criticals()), 2, at);
            replays.add(count(r.counts().closedSoon()), 3, at);
            at++;
        }
        measured.setText(said(past));
    }

    private String said(ThresholdPast past) {
        if (past.readings().isEmpty()) {
            return Texts.of("Nothing of it is stored of the last 30 days.");
        }
        var words =
                Texts.of(
                        "%s judged by the rule, with hold time and the way back",
                        Texts.count(past.readings().size(), "stored reading"));
        var generated = past.generated();
        boolean made = generated != null && generated.reaches(past.readings().getFirst().at());
        var session = model.session();
        return words
                + (made && generated != null
                        ? ", " + generated.words(session.now(), session.zone())
                        : "")
                + ".";
    }

    private static Label count(int n) {
        return Nodes.label(Integer.toString(n), "row-title");
    }

    private static String words(MetricName metric, Limits l) {
        var warning = LimitText.of(metric, l.warning());
        var critical = LimitText.of(metric, l.critical());
        int unit = warning.indexOf(' ');
        boolean same = unit > 0 && critical.endsWith(warning.substring(unit));
        return (same ? warning.substring(0, unit) : warning) + " / " + critical;
    }

    private void facts(ThresholdLine line, SettingsSnapshot picture) {
        AlertRule rule = ThresholdsCard.rule(model, line.name());
        var list =
                new Facts()
                        .add(Texts.of("closes at"), LimitText.of(line.name(), rule.endsAt()))
                        .add(Texts.of("next warning not before"), LimitText.of(rule.cooldown()))
                        .add(Texts.of("by itself"), ThresholdLine.sentence(rule.sop()))
                        .add(
                                Texts.of("warning goes to"),
                                who(picture, Severity.WARNING),
                                role(picture, Severity.WARNING))
                        .add(
                                Texts.of("critical goes to"),
                                who(picture, Severity.CRITICAL),
                                role(picture, Severity.CRITICAL));
        if (line.name() == MetricName.MAX_DEAD_TUPLE_RATIO) {
            list.add(Texts.of("tables of at least"), Texts.of("1,000 rows and 8 MB"));
        }
        facts.getChildren()
                .setAll(
                        list,
                        Nodes.wrapped(
                                Texts.of("Why these limits by default: %s.", rule.reason()),
                                "row-sub"));
    }

    private static String who(SettingsSnapshot picture, Severity severity) {
        var names =
                picture.channels().lines().stream()
                        .filter(c -> c.from() != null && c.from().compareTo(severity) <= 0)
                        .map(
                                c ->
                                        c.channel().name()
                                                + (failed(c) ? Texts.of(" (does not work)") : ""))
                        .toList();
        return names.isEmpty() ? Texts.of("this window only") : String.join(", ", names);
    }

    private static @Nullable Role role(SettingsSnapshot picture, Severity severity) {
        return picture.channels().lines().stream()
                        .filter(c -> c.from() != null && c.from().compareTo(severity) <= 0)
                        .anyMatch(ThresholdPane::failed)
                ? Role.CRITICAL
                : null;
    }

    static boolean failed(ChannelDesk.Line line) {
        var last = line.last();
        return !line.missing().isEmpty() || (last != null && !last.delivered());
    }
}
