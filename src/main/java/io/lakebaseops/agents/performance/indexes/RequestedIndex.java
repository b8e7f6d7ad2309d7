package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.util.List;
import java.util.Map;

/// A btree index that a person asks for, such as one that a statement's execution plan lacks. Its
/// plan is the one of a missing index that an analysis finds, so that the two are not filed twice.
///
/// @param keys columns in key order
public record RequestedIndex(String schema, String table, List<String> keys) {
    public RequestedIndex {
        keys = List.copyOf(keys);
    }

    /// @param why it is wanted, with the figures that speak for it
    public ChangePlan plan(
            ReadSession session, SqlLibrary sql, String why, String effect, ToolContext context) {
        var found =
                session
                        .query(
                                IndexSql.TABLES,
                                Map.of("schema_name", schema, "table_name", table),
                                CatalogTable.class)
                        .stream()
                        .filter(t -> t.schemaName().equals(schema) && t.tableName().equals(table))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        refusal(
                                                OpsException.Kind.NOT_FOUND,
                                                "the table is gone",
                                                "explain the statement again"));
        if (!found.mayChange()) {
            throw refusal(
                    OpsException.Kind.DENIED,
                    "this login does not own the table",
                    "connect as its owner, or grant that role");
        }
        var unknown = keys.stream().filter(k -> !found.columns().contains(k)).toList();
        if (!unknown.isEmpty()) {
            throw refusal(
                    OpsException.Kind.NOT_FOUND,
                    "the table has no column " + String.join(", ", unknown),
                    "explain the statement again");
        }
        var create =
                new CreateIndex(
                        session.database(),
                        schema,
                        table,
                        found.isPartitioned(),
                        found.bytes(),
                        keys,
                        effect,
                        null);
        var finding =
                Finding.of(
                                context.target(),
                                DetectMissingIndexes.KIND,
                                Severity.WARNING,
                                Subject.index(
                                        session.database(),
                                        schema,
                                        table,
                                        create.index().parts().getLast()),
                                why,
                                new Confidence(0.6, "from one execution plan; not tested"),
                                null,
                                null,
                                List.of(),
                                context.clock().instant())
                        .mendedBy(create);
        var made = new CreateIndexPlans(session, sql, context).of(List.of(finding));
        if (made.plans().isEmpty()) {
            throw refusal(
                    OpsException.Kind.CONFLICT,
                    String.join("; ", made.skipped()),
                    "explain the statement again");
        }
        return made.plans().getFirst();
    }

    private OpsException refusal(OpsException.Kind kind, String why, String remedy) {
        return new OpsException(
                kind,
                "Planning an index on %s.%s (%s)"
                        .formatted(schema, table, Format.printable(String.join(", ", keys))),
                why,
                remedy);
    }
}
