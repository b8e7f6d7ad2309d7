package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Compared;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Line;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.schema.Ddl;

import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The statements that lead from one schema to the other, each marked safe, lossy or not derivable.
final class DdlPane {
    /// More are in the file: a pane is no place to read thousands.
    private static final int MOST = 300;

    private DdlPane() {}

    /// @param selected whose statements are marked
    static List<Node> lines(List<Compared> databases, @Nullable SchemaChange selected) {
        var nodes = new ArrayList<Node>();
        var box = new VBox(6);
        box.setId("ddl-lines");
        box.getStyleClass().add("ddl-lines");
        int all = 0;
        for (var database : databases) {
            int transaction = 1;
            for (var line : database.ddl()) {
                if (all++ < MOST) {
                    if (line.transaction() > transaction) {
                        transaction = line.transaction();
                        box.getChildren()
                                .add(
                                        Nodes.wrapped(
                                                Texts.of(
                                                        "Commit here: what follows may use the new labels"),
                                                "row-sub"));
                    }
                    boolean its =
                            selected != null && line.subject().equals(selected.change().object());
                    box.getChildren().add(line(line, its));
                }
            }
        }
        if (all == 0) {
            return nodes;
        }
        nodes.add(box);
        if (all > MOST) {
            nodes.add(
                    Nodes.wrapped(
                            Texts.of("%d more statements are in the exported file.", all - MOST),
                            "row-sub"));
        }
        for (var database : databases) {
            if (!database.notCompared().isEmpty()) {
                nodes.add(
                        Nodes.wrapped(
                                Texts.of(
                                        "Not compared in %s: %s",
                                        database.database(),
                                        String.join(", ", database.notCompared())),
                                "row-sub"));
            }
        }
        return nodes;
    }

    private static Node line(Line line, boolean selected) {
        var role = role(line.mark());
        var sql = line.sql();
        var text =
                new VBox(
                        2,
                        sql == null
                                ? Nodes.wrapped(line.subject(), "mono-cell")
                                : new SqlView(sql + ";"));
        var says =
                switch (line.mark()) {
                    case SAFE -> String.join("; ", line.hazards());
                    case LOSSY -> Texts.of("lossy: %s", String.join("; ", line.hazards()));
                    case NOT_DERIVABLE ->
                            Texts.of("not derivable: %s", String.join("; ", line.hazards()));
                };
        if (!says.isEmpty()) {
            var label = Nodes.wrapped(says, "row-sub");
            if (line.mark() != Ddl.Mark.SAFE) {
                label.getStyleClass().add(role.css());
            }
            text.getChildren().add(label);
        }
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(8, Nodes.icon(icon(line.mark()), role), text);
        row.getStyleClass().add("ddl-line");
        if (selected) {
            row.getStyleClass().add("selected");
        }
        row.setAccessibleText(
                line.mark().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ": "
                        + (sql == null ? line.subject() : sql));
        return row;
    }

    private static Role role(Ddl.Mark mark) {
        return switch (mark) {
            case SAFE -> Role.OK;
            case LOSSY -> Role.WARNING;
            case NOT_DERIVABLE -> Role.INFO;
        };
    }

    private static Feather icon(Ddl.Mark mark) {
        return switch (mark) {
            case SAFE -> Feather.CHECK;
            case LOSSY -> Feather.ALERT_TRIANGLE;
            case NOT_DERIVABLE -> Feather.HELP_CIRCLE;
        };
    }

    /// How many statements there are of each mark.
    static void pills(SidePane pane, List<Compared> databases) {
        var pills = new FlowPane(6, 4);
        pills.setId("ddl-pills");
        for (var mark : Ddl.Mark.values()) {
            long n =
                    databases.stream()
                            .flatMap(d -> d.ddl().stream())
                            .filter(l -> l.mark() == mark)
                            .count();
            if (n > 0) {
                var words = mark.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                pills.getChildren().add(Nodes.pill(n + " " + words, role(mark)));
            }
        }
        if (!pills.getChildren().isEmpty()) {
            pane.note(pills);
        }
    }
}
