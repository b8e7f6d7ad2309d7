package io.lakebaseops.console.agents;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolReport;

import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one run brought: status, findings, plans, caveats and the data as tables.
public final class RunResult extends VBox {
    private static final int MAX_ROWS = 12;

    /// With status, time and source above it.
    public static RunResult withHead(ConsoleSession session, ToolReport report) {
        var result = of(session, report);
        result.setId("run-result");
        result.getChildren()
                .addFirst(
                        Nodes.row(
                                Nodes.pill(
                                        Tables.word(report.status()), Tables.role(report.status())),
                                Nodes.label(
                                        Texts.of("in %s", Format.duration(report.duration())),
                                        "row-sub"),
                                Nodes.label(
                                        report.error() == null ? Tables.word(report.source()) : "",
                                        "row-sub")));
        return result;
    }

    static RunResult of(ConsoleSession session, ToolReport report) {
        return new RunResult(session, report);
    }

    private RunResult(ConsoleSession session, ToolReport report) {
        super(8);

        var error = report.error();
        if (error != null) {
            var text = Nodes.wrapped(ToolWords.brief(error), "row-title");
            getChildren().add(text);
            if (error.length() > ToolWords.MOST) {
                getChildren()
                        .add(
                                Nodes.button(
                                        Texts.of("Whole text"), () -> text.setText(error), "link"));
            }
        }
        report.caveats().forEach(c -> getChildren().add(Nodes.wrapped("· " + c, "row-sub")));
        report.findings()
                .forEach(
                        f -> {
                            var r = Role.of(f.severity());
                            getChildren()
                                    .add(
                                            Nodes.row(
                                                    Nodes.icon(r.icon(), r),
                                                    Nodes.wrapped(f.summary(), "row-title")));
                        });
        report.plans()
                .forEach(
                        p ->
                                getChildren()
                                        .add(
                                                Nodes.button(
                                                        Texts.of("Review: %s", p.plan().title()),
                                                        () ->
                                                                session.goTo(
                                                                        Destination.plan(p.id())),
                                                        "small")));
        if (report.data() != null) {
            tables(OutputJson.tree(report.data()));
        }
    }

    /// Plain values of the record first, then each list as a table of its own.
    private void tables(JsonNode data) {
        var facts = new ArrayList<Map<String, @Nullable Object>>();
        for (var entry : data.properties()) {
            var value = entry.getValue();
            if (!value.isArray()) {
                var row = new LinkedHashMap<String, @Nullable Object>();
                row.put("figure", entry.getKey().replace('_', ' '));
                row.put("value", text(value));
                facts.add(row);
            }
        }
        getChildren().add(new SmallTable(new Rows(facts), 20));
        for (var entry : data.properties()) {
            if (entry.getValue().isArray() && !entry.getValue().isEmpty()) {
                getChildren().add(Nodes.label(entry.getKey().replace('_', ' '), "section"));
                getChildren().add(new SmallTable(rows(entry.getValue()), MAX_ROWS));
            }
        }
    }

    private static Rows rows(JsonNode list) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var element : list) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            if (element.isObject()) {
                element.properties().forEach(p -> row.put(p.getKey(), value(p.getValue())));
            } else {
                row.put("value", value(element));
            }
            rows.add(row);
        }
        return new Rows(List.copyOf(rows));
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNumber() ? (Object) node.asDouble() : text(node);
    }

    private static String text(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Format.grouped(node.asLong());
        }
        if (node.isNumber()) {
            return Format.digits(node.asDouble());
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
