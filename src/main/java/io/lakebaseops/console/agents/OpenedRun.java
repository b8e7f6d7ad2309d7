package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One run of a tool or a job in full: its result first, who asked, when, and its log.
final class OpenedRun extends VBox {
    private final ConsoleSession session;
    private final AgentsViewModel model;
    private final VBox inner = new VBox(10);
    private @Nullable RunLine shown;

    OpenedRun(ConsoleSession session, AgentsViewModel model) {
        this.session = session;
        this.model = model;
        setId("opened-run");
        getStyleClass().add("opened-run");
        inner.getStyleClass().add("opened-run-content");
        var scroll = new ScrollPane(inner);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
        show(null);
    }

    void show(@Nullable RunLine line) {
        if (line != null && line.equals(shown)) {
            return;
        }
        shown = line;
        inner.getChildren().clear();
        if (line == null) {
            inner.getChildren().add(Nodes.wrapped(Messages.of("agents.run.choose"), "row-sub"));
            return;
        }
        var role = Tables.role(line);
        var title = Nodes.label(line.title(), "card-title");
        title.setMinWidth(0);
        var head =
                Nodes.row(
                        Nodes.icon(role.icon(), role),
                        title,
                        Nodes.label(Format.time(line.startedAt(), session.zone()), "row-sub"),
                        Nodes.spacer());
        if (line instanceof RunLine.OfTool(var report)) {
            head.getChildren()
                    .add(
                            Nodes.button(
                                    Messages.of("agents.run.again"),
                                    () -> model.open(report.tool()),
                                    "link"));
        }
        var took = line.took();
        var facts =
                new Facts()
                        .add(Texts.of("Result"), Tables.result(line), role)
                        .add(Texts.of("Asked by"), line.by())
                        .add(Texts.of("Started"), Format.utc(line.startedAt()))
                        .add(
                                Texts.of("Took"),
                                took == null ? Texts.of("still running") : Format.duration(took));
        if (line instanceof RunLine.OfTool(var report)) {
            facts.add(Texts.of("Server"), TargetWords.of(report.target()));
        }
        inner.getChildren().addAll(head, facts);
        inner.getChildren().addAll(content(line));
    }

    private List<Node> content(RunLine line) {
        return switch (line) {
            case RunLine.OfTool(var report) -> List.of(RunResult.of(session, report));
            case RunLine.OfJob(var run) -> {
                if (run.log().isEmpty()) {
                    yield List.of(Nodes.wrapped(Messages.of("agents.run.nolog"), "row-sub"));
                }
                var log = new VBox(3);
                log.getStyleClass().add("sql");
                run.log().forEach(l -> log.getChildren().add(Nodes.wrapped(l, "log-line")));
                HBox.setHgrow(log, Priority.ALWAYS);
                yield List.of(log);
            }
        };
    }
}
