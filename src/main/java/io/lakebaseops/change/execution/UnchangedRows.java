package io.lakebaseops.change.execution;

import static io.lakebaseops.sqltext.StatementKind.DELETE;
import static io.lakebaseops.sqltext.StatementKind.MERGE;
import static io.lakebaseops.sqltext.StatementKind.UPDATE;

import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.StatementKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Statements of a script that were to change rows and changed none: where policies hide the rows
/// from whoever runs it, that is no error to the server, and is noticed weeks later.
final class UnchangedRows {
    private static final Set<StatementKind> CHANGING = Set.of(UPDATE, DELETE, MERGE);

    private UnchangedRows() {}

    static List<String> of(Step.ScriptStep script, ScriptTrace trace) {
        var notes = new ArrayList<String>();
        for (var done : trace.statements()) {
            if (done.rows() > 0) {
                continue;
            }
            var sql = script.statements().get(done.number() - 1).sql();
            var statement = SqlParser.parse(sql).single();
            if (statement != null && CHANGING.contains(statement.kind())) {
                notes.add(
                        "%s: statement %d of %d, %s, changed no row"
                                .formatted(
                                        script.title(),
                                        done.number(),
                                        script.statements().size(),
                                        statement.kind()));
            }
        }
        return notes;
    }
}
