package io.lakebaseops.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.answer.NextStep.FilePlan;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plan that a tool of ours files for what a refused statement would do: VACUUM and ANALYZE of
/// tables, and the end of a session. The text of the statement is not run; the tool makes its own.
public final class PlanDraft {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> ENDS = Set.of("pg_terminate_backend", "pg_cancel_backend");

    private PlanDraft() {}

    /// Empty where no tool does that, or nothing is named.
    public static Optional<FilePlan> of(String sql) {
        if (!(SqlParser.parse(sql) instanceof Parsed.Understood(var _, List<SqlStatement> all))
                || all.size() != 1) {
            return Optional.empty();
        }
        var statement = all.getFirst();
        return statement.kind() == StatementKind.VACUUM
                ? vacuum(statement)
                : statement.kind() == StatementKind.SELECT ? end(statement) : Optional.empty();
    }

    private static Optional<FilePlan> vacuum(SqlStatement statement) {
        var tables = statement.relations();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        var options =
                statement.tree().list("options").stream()
                        .filter(o -> o.text("defname").equals("full"))
                        .toList();
        if (options.stream().anyMatch(o -> o.field("arg").present())) {
            return Optional.empty();
        }
        boolean full = !options.isEmpty();
        var input = JSON.objectNode();
        if (full) {
            if (tables.size() > 1) {
                return Optional.empty();
            }
            named(input, tables.getFirst().schema(), tables.getFirst().name());
            return Optional.of(new FilePlan("VACUUM FULL", "schedule_vacuum_full", input));
        }
        var list = input.putArray("tables");
        tables.forEach(t -> named(list.addObject(), t.schema(), t.name()));
        input.put("window", "NOW");
        return Optional.of(new FilePlan("VACUUM (ANALYZE)", "schedule_vacuum_analyze", input));
    }

    private static void named(ObjectNode table, String schema, String name) {
        table.put("schema", schema.isEmpty() ? "public" : schema).put("table", name);
    }

    private static Optional<FilePlan> end(SqlStatement statement) {
        var calls = statement.tree().all().filter(n -> n.is("FuncCall")).toList();
        if (calls.size() != 1 || !ENDS.contains(calls.getFirst().names("funcname").getLast())) {
            return Optional.empty();
        }
        var arguments = calls.getFirst().list("args");
        if (arguments.isEmpty() || !statement.relations().isEmpty()) {
            return Optional.empty();
        }
        SqlNode pid = arguments.getFirst().field("ival");
        return arguments.getFirst().is("A_Const") && pid.present()
                ? Optional.of(
                        new FilePlan(
                                "end a session",
                                "terminate_idle_connections",
                                JSON.objectNode().put("pid", (int) pid.number("ival"))))
                : Optional.empty();
    }
}
