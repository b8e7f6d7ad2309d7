package io.lakebaseops.console.connect;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionReport.Check;
import io.lakebaseops.domain.connection.ConnectionReport.Failure;
import io.lakebaseops.domain.connection.ConnectionReport.Hint;
import io.lakebaseops.domain.connection.ConnectionStage;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// The right column of the connect page: how far a test got, what it found or what refused it, and
/// what to do.
final class TestColumn extends VBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final ConnectModel model;
    private final VerdictLine verdict = new VerdictLine();
    private final HBox stages = new HBox(4);
    private final VBox body = new VBox(10);
    private final HBox foot = Nodes.row();

    TestColumn(ConnectModel model) {
        this.model = model;
        getStyleClass().addAll("card", "connect-column");
        setId("connect-result");
        verdict.setId("connect-verdict");
        stages.setId("connect-stages");
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        foot.getStyleClass().add("connect-foot");
        getChildren().addAll(verdict, stages, scroll, foot);
        model.stages().addListener((_, _, now) -> show(now));
        model.report().addListener((_, _, _) -> show());
        model.testing().addListener((_, _, _) -> show());
        model.outdated()
                .addListener(
                        (_, _, old) -> {
                            pseudoClassStateChanged(STALE, old);
                            Nodes.stale(old, List.of(body, stages));
                        });
        show();
    }

    private void show(List<ConnectionStage> now) {
        stages.getChildren().clear();
        for (var stage : now) {
            var role =
                    switch (stage.state()) {
                        case DONE -> Role.OK;
                        case FAILED -> Role.CRITICAL;
                        case RUNNING -> Role.INFO;
                        case COMING, SKIPPED -> Role.MUTED;
                    };
            var bar = new Region();
            bar.getStyleClass().addAll("stage-bar", role.css());
            if (stage.state() == ConnectionStage.State.COMING) {
                bar.getStyleClass().add("coming");
            }
            var name = Nodes.label(stage.name().words(), "small-cell");
            if (role == Role.CRITICAL) {
                name.getStyleClass().add(role.css());
            }
            var said = Nodes.label(ConnectWords.of(stage), "row-sub");
            if (stage.state() == ConnectionStage.State.COMING && model.testing().get()) {
                said.setText("");
            }
            var box = new VBox(4, bar, new VBox(0, name, said));
            HBox.setHgrow(box, Priority.ALWAYS);
            box.setPrefWidth(60);
            box.setMinWidth(0);
            box.setAccessibleText(
                    stage.name().words()
                            + " "
                            + stage.state().name().toLowerCase(java.util.Locale.ROOT)
                            + " "
                            + stage.text());
            if (!stage.text().isEmpty()) {
                Nodes.tip(box, stage.text());
            }
            stages.getChildren().add(box);
        }
    }

    private void show() {
        var report = model.report().get();
        // What was not reached is said once it is known that it will not be.
        show(model.stages().get());
        if (report == null) {
            verdict.loading(
                    model.testing().get()
                            ? Messages.of("connect.testing")
                            : Messages.of("connect.untested"));
            body.getChildren().clear();
            if (!model.testing().get()) {
                body.getChildren().add(Nodes.wrapped(Messages.of("connect.what"), "row-sub"));
            }
            foot.getChildren().clear();
            return;
        }
        var failure = report.failure();
        verdict.say(failure == null ? Role.OK : Role.CRITICAL, report.sentence());
        body.getChildren().setAll(failure == null ? good(report) : bad(failure));
        if (failure != null && !report.checks().isEmpty()) {
            body.getChildren().add(checks(report.checks()));
        }
        var cost = Nodes.label(ConnectWords.cost(report), "card-note");
        cost.setMinWidth(0);
        var copy =
                Nodes.button(
                        Messages.of("connect.copy.report"),
                        () -> SqlView.copy(ConnectWords.of(report)));
        copy.setId("connect-copy-report");
        foot.getChildren()
                .setAll(Nodes.icon(Feather.ACTIVITY, Role.MUTED), cost, Nodes.spacer(), copy);
    }

    private List<Node> good(ConnectionReport report) {
        var nodes = new ArrayList<Node>();
        if (!report.branches().isEmpty()) {
            nodes.add(branches(report.branches()));
        }
        nodes.add(checks(report.checks()));
        if (!report.sql().isEmpty()) {
            nodes.add(sql(Messages.of("connect.missing"), report.sql()));
        }
        if (!report.firstLook().isEmpty()) {
            nodes.add(Nodes.label(Messages.of("connect.first"), "card-title"));
            report.firstLook()
                    .forEach(
                            line ->
                                    nodes.add(
                                            Nodes.row(
                                                    Nodes.icon(Role.WARNING.icon(), Role.WARNING),
                                                    Nodes.wrapped(line))));
        }
        return nodes;
    }

    private Node branches(List<TargetId> targets) {
        var choice = new ComboBox<TargetId>();
        choice.setId("connect-branch");
        choice.getItems().setAll(targets);
        choice.setConverter(
                new javafx.util.StringConverter<>() {
                    @Override
                    public String toString(@Nullable TargetId t) {
                        return t == null ? "" : t.project() + " / " + t.branch();
                    }

                    @Override
                    public @Nullable TargetId fromString(String text) {
                        return null;
                    }
                });
        choice.valueProperty().bindBidirectional(model.chosen());
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setAccessibleText(Messages.of("connect.branch"));
        return new VBox(3, Nodes.label(Messages.of("connect.branch"), "field-label"), choice);
    }

    private static Node checks(List<Check> checks) {
        var grid = new GridPane();
        grid.getStyleClass().add("check-grid");
        var mark = new ColumnConstraints(26);
        var what = new ColumnConstraints();
        what.setPercentWidth(27);
        var found = new ColumnConstraints();
        found.setHgrow(Priority.ALWAYS);
        found.setMinWidth(0);
        var use = new ColumnConstraints();
        use.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(mark, what, found, use);
        grid.addRow(
                0,
                cell(new Region()),
                cell(Nodes.label(Texts.of("Checked"), "small-head")),
                cell(Nodes.label(Texts.of("Found"), "small-head")),
                cell(Nodes.label(Texts.of("Needed for"), "small-head")));
        int row = 1;
        for (var check : checks) {
            var role =
                    switch (check.grade()) {
                        case GOOD -> Role.OK;
                        case NOTE -> Role.INFO;
                        case MISSING -> Role.WARNING;
                    };
            var text = Nodes.label(check.found(), "small-cell");
            text.setMinWidth(0);
            if (role == Role.WARNING) {
                text.getStyleClass().add(role.css());
            }
            var icon = Nodes.icon(role == Role.OK ? Feather.CHECK : role.icon(), role);
            grid.addRow(
                    row++,
                    cell(icon),
                    cell(Nodes.label(check.what(), "small-cell")),
                    cell(text),
                    cell(Nodes.label(check.neededFor(), "row-sub")));
        }
        return grid;
    }

    private static Node cell(Node inner) {
        var box = new HBox(inner);
        box.getStyleClass().add("check-cell");
        box.setMinWidth(0);
        return box;
    }

    private static Node sql(String title, String text) {
        var copy = Nodes.button(Messages.of("connect.copy"), () -> SqlView.copy(text), "small");
        copy.setAccessibleText(Messages.of("connect.copy") + ": " + title);
        return new VBox(
                6,
                Nodes.row(Nodes.label(title, "card-title"), Nodes.spacer(), copy),
                new SqlView(text));
    }

    private List<Node> bad(Failure failure) {
        var nodes = new ArrayList<Node>();
        if (!failure.words().isEmpty()) {
            var words = new VBox(4);
            words.getStyleClass().add("connect-words");
            words.getChildren()
                    .add(
                            Nodes.label(
                                    failure.sqlState().isEmpty()
                                            ? Messages.of("connect.words.way")
                                            : Messages.of("connect.words", failure.sqlState()),
                                    "row-sub"));
            words.getChildren().add(Nodes.wrapped(failure.words(), "sql-line"));
            nodes.add(words);
        }
        if (failure.refusedLogin()) {
            nodes.add(
                    Nodes.row(
                            Nodes.icon(Feather.SHIELD, Role.MUTED),
                            Nodes.wrapped(Messages.of("connect.once"), "row-sub")));
        }
        if (failure.hostKey() != null) {
            nodes.add(hostKey(failure.hostKey()));
        }
        if (!failure.hints().isEmpty()) {
            nodes.add(Nodes.label(Messages.of("connect.todo"), "card-title"));
            failure.hints().forEach(h -> nodes.add(hint(h)));
        }
        return nodes;
    }

    private Node hostKey(String fingerprint) {
        var accept = Nodes.button(Messages.of("connect.key.accept"), model::acceptHostKey);
        accept.setId("connect-accept-key");
        return new VBox(
                6,
                Nodes.wrapped(Messages.of("connect.key"), "row-title"),
                Nodes.wrapped(fingerprint, "sql-line"),
                accept);
    }

    private static Node hint(Hint hint) {
        var text = new VBox(2, Nodes.wrapped(hint.title(), "row-title"));
        if (!hint.detail().isEmpty()) {
            text.getChildren().add(Nodes.wrapped(hint.detail(), "row-sub"));
        }
        HBox.setHgrow(text, Priority.ALWAYS);
        var line = Nodes.row(Nodes.icon(Feather.CHEVRON_RIGHT, Role.MUTED), text);
        line.getStyleClass().add("connect-hint");
        if (hint.sql().isEmpty()) {
            return line;
        }
        var copy =
                Nodes.button(Messages.of("connect.copy"), () -> SqlView.copy(hint.sql()), "small");
        copy.setAccessibleText(Messages.of("connect.copy") + ": " + hint.title());
        line.getChildren().add(copy);
        return new VBox(6, line, new SqlView(hint.sql()));
    }
}
