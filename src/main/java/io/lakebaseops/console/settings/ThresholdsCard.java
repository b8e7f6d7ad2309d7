package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;

import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The watched measures with their limits, to be typed over where they stand.
final class ThresholdsCard extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final int COLUMNS = 8;
    private static final int OPENS = 5;

    private final SettingsViewModel model;
    private final GridPane grid = new GridPane();
    private final List<Row> rows = new ArrayList<>();
    private final Segments<Boolean> scope = new Segments<>();
    private final Label where = Nodes.pill("", Role.MUTED);
    private final Label unsaved = Nodes.label("", "card-note");
    private final List<Node> opensColumn = new ArrayList<>();
    private @Nullable SettingsSnapshot picture;
    private boolean narrow;

    ThresholdsCard(SettingsViewModel model) {
        this.model = model;
        getStyleClass().addAll("card", "settings-card");
        scope.add(true, Texts.of("All servers"), "scope-all");
        scope.add(false, Texts.of("This branch"), "scope-branch");
        scope.select(false);
        scope.onChoice(model::scope);
        getChildren()
                .addAll(
                        Nodes.row(
                                FactCards.title(Texts.of("Thresholds")),
                                where,
                                Nodes.spacer(),
                                unsaved,
                                scope),
                        grid);
        grid.getStyleClass().add("threshold-grid");
        columns();
        model.versionProperty().addListener((_, _, _) -> update());
        model.openedProperty().addListener((_, _, _) -> mark());
    }

    private void columns() {
        double[] widths = {112, 58, 190, 72, 72, 64, 68, 58};
        for (int i = 0; i < COLUMNS; i++) {
            var column = new ColumnConstraints();
            column.setPrefWidth(widths[i]);
            column.setMinWidth(i == 2 ? 70 : Region.USE_PREF_SIZE);
            column.setHalignment(i == 0 || i == 2 ? HPos.LEFT : HPos.RIGHT);
            column.setHgrow(i == 2 ? Priority.ALWAYS : Priority.SOMETIMES);
            grid.getColumnConstraints().add(column);
        }
        String[] heads = {
            Texts.of("Measure"),
            Texts.of("now"),
            Texts.of("last 24 h: range, median, now"),
            Texts.of("warning"),
            Texts.of("critical"),
            Texts.of("open after"),
            Texts.of("alerts 30 d"),
            Texts.of("by itself")
        };
        for (int i = 0; i < COLUMNS; i++) {
            var head = Nodes.label(heads[i], "small-head");
            grid.add(head, i, 0);
            if (i == OPENS) {
                opensColumn.add(head);
            }
        }
    }

    /// Where there is little room the hold time stands in the pane alone.
    void narrow(boolean next) {
        narrow = next;
        opensColumn.forEach(
                n -> {
                    n.setVisible(!narrow);
                    n.setManaged(!narrow);
                });
        var column = grid.getColumnConstraints().get(OPENS);
        column.setPrefWidth(narrow ? 0 : 64);
        column.setMinWidth(narrow ? 0 : Region.USE_PREF_SIZE);
        column.setMaxWidth(narrow ? 0 : Double.MAX_VALUE);
    }

    void show(SettingsSnapshot next) {
        picture = next;
        if (rows.isEmpty()) {
            next.measures().forEach(m -> rows.add(new Row(m.name(), rows.size())));
            narrow(narrow);
        }
        update();
        mark();
    }

    private void update() {
        if (picture == null) {
            return;
        }
        scope.select(model.everywhere());
        where.setText(model.scopeWords());
        int n = model.unsaved();
        var generated = picture.generated();
        var session = model.session();
        unsaved.setText(
                n > 0
                        ? Texts.of("%s changed, not saved", n)
                        : generated == null
                                ? ""
                                : "24 h: " + generated.words(session.now(), session.zone()));
        for (var row : rows) {
            picture.measures().stream()
                    .filter(m -> m.name() == row.metric)
                    .findFirst()
                    .ifPresent(row::update);
        }
    }

    private void mark() {
        var shown = model.openedProperty().get();
        rows.forEach(
                r ->
                        r.back.pseudoClassStateChanged(
                                CHOSEN, shown instanceof Opened.Threshold(var m) && m == r.metric));
    }

    /// The rule as it would hold: typed limits as far as they are right.
    static AlertRule rule(SettingsViewModel model, MetricName metric) {
        var typed = model.check(metric).limits();
        return typed == null ? model.savedRule(metric) : model.savedRule(metric).with(typed);
    }

    private final class Row {
        private final MetricName metric;
        private final Region back = new Region();
        private final StackPane mark = new StackPane();
        private final Label title = Nodes.label("", "row-title");
        private final Label own = Nodes.pill(Texts.of("own"), Role.INFO);
        private final Label now = Nodes.label("", "row-title");
        private final RangeStrip strip = new RangeStrip();
        private final LimitInput warning;
        private final LimitInput critical;
        private final Label opens = Nodes.label("", "row-sub");
        private final Label alerts = Nodes.label("", "row-title");
        private final Label byItself = Nodes.label("", "row-sub");
        private final Label problem = Nodes.wrapped("", "problem");
        private final int number;

        Row(MetricName metric, int number) {
            this.metric = metric;
            this.number = number;
            warning = input(Field.WARNING, Texts.marked("warning"));
            critical = input(Field.CRITICAL, Texts.marked("critical"));
            back.setId("threshold-" + metric.id());
            back.getStyleClass().add("threshold-row");
            back.setFocusTraversable(true);
            back.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            back.setOnMouseClicked(
                    _ -> {
                        back.requestFocus();
                        model.open(new Opened.Threshold(metric));
                    });
            back.setOnKeyPressed(this::onKey);
            int line = 1 + number * 2;
            grid.add(back, 0, line, COLUMNS, 1);
            own.setMouseTransparent(true);
            var name = new HBox(8, mark, title, own);
            name.getStyleClass().add("row");
            var cells = List.of(name, now, strip, warning, critical, opens, alerts, byItself);
            for (int i = 0; i < COLUMNS; i++) {
                grid.add(cells.get(i), i, line);
            }
            Stream.of(name, now, opens, alerts, byItself).forEach(n -> n.setMouseTransparent(true));
            opensColumn.add(opens);
            problem.managedProperty().bind(problem.visibleProperty());
            grid.add(problem, 2, line + 1, COLUMNS - 2, 1);
        }

        private LimitInput input(Field field, String word) {
            var input = new LimitInput(model, field);
            input.setId(word + "-" + metric.id());
            input.about(
                    metric,
                    Texts.of(model.measure(metric).gauge().title()) + ", " + Texts.of(word));
            input.setPrefWidth(72);
            input.focusedProperty()
                    .addListener(
                            (_, _, on) -> {
                                if (on) {
                                    model.open(new Opened.Threshold(metric));
                                }
                            });
            return input;
        }

        private void onKey(KeyEvent e) {
            switch (e.getCode()) {
                case ENTER -> warning.requestFocus();
                case DOWN, J -> to(number + 1);
                case UP, K -> to(number - 1);
                default -> {
                    return;
                }
            }
            e.consume();
        }

        private void to(int next) {
            if (next >= 0 && next < rows.size()) {
                rows.get(next).back.requestFocus();
                model.open(new Opened.Threshold(rows.get(next).metric));
            }
        }

        void update(ThresholdLine line) {
            var rule = rule(model, metric);
            var value = line.judged();
            var role =
                    value == null ? Role.UNAVAILABLE : Role.of(rule.severityOf(value).orElse(null));
            mark.getChildren().setAll(Nodes.icon(role.icon(), role));
            title.setText(line.title());
            boolean mine = !model.everywhere() && model.own(metric);
            own.setVisible(mine);
            own.setManaged(mine);
            var shown = line.value();
            now.setText(shown == null ? "–" : Format.of(metric, shown).toString());
            Nodes.role(now, role == Role.OK || value == null ? Role.MUTED : role);
            back.setAccessibleText(line.title() + " " + now.getText() + " " + role.word());
            strip.show(rule, line.day(), shown, role);
            warning.update();
            critical.update();
            opens.setText(LimitText.of(rule.forAtLeast()));
            long rang = model.everywhere() ? line.alertsEverywhere() : line.alertsHere();
            alerts.setText(Format.grouped(rang));
            byItself.setText(line.byItself());
            var wrong =
                    Stream.of(warning.problem(), critical.problem())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse("");
            problem.setText(
                    wrong.isEmpty()
                            ? ""
                            : (warning.problem() == null
                                            ? Texts.of("Critical ")
                                            : Texts.of("Warning: "))
                                    + wrong);
            problem.setVisible(!wrong.isEmpty());
        }
    }

    /// The first row takes the focus: the keys of the list begin there.
    void begin() {
        if (!rows.isEmpty()) {
            rows.getFirst().back.requestFocus();
        }
    }
}
