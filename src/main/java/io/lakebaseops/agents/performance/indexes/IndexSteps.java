package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step.SqlStep;
import io.lakebaseops.postgres.IndexDefinition;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The single acts of index plans: what each locks, and how it is proved.
record IndexSteps(SqlLibrary sql, String database) {
    /// Waste below this is reported without alarm.
    static final long WASTE_FROM_BYTES = 1L << 20;

    /// Long enough for a night and a working day; what changes meanwhile, the preconditions catch.
    static final Duration PLAN_LIFE = Duration.ofHours(36);

    /// Waiting longer for a lock would make others queue behind us.
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    /// CONCURRENTLY waits for older transactions, not in front of anyone: it may wait longer.
    private static final Duration PATIENT_WAIT = Duration.ofMinutes(5);

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration BUILD = Duration.ofMinutes(60);

    SqlStep dropConcurrently(Ident index, long bytes) {
        return concurrent(
                "Drop " + last(index),
                sql.render(IndexSql.DROP_CONCURRENTLY, Map.of("index", index)).text(),
                bytes);
    }

    SqlStep reindex(Ident index, long bytes) {
        return concurrent(
                "Build " + last(index) + " anew",
                sql.render(IndexSql.REINDEX, Map.of("index", index)).text(),
                bytes);
    }

    /// A partitioned index cannot be dropped concurrently: its table stands still for a moment.
    SqlStep dropPartitioned(Ident index, long bytes) {
        return brief(
                "Drop " + last(index) + " with its parts",
                sql.render(IndexSql.DROP, Map.of("index", index)).text(),
                LockLevel.ACCESS_EXCLUSIVE,
                bytes);
    }

    SqlStep createConcurrently(String name, Ident table, List<String> columns, long bytes) {
        return concurrent(
                "Build " + name, text(IndexSql.CREATE_CONCURRENTLY, name, table, columns), bytes);
    }

    /// @param definition the whole statement, without CONCURRENTLY
    SqlStep create(String name, String definition, long bytes) {
        return concurrent("Build " + name, IndexDefinition.concurrently(definition), bytes);
    }

    SqlStep createOnParent(String name, Ident table, List<String> columns) {
        return brief(
                "Make the partitioned index " + name,
                text(IndexSql.CREATE_ON_PARENT, name, table, columns),
                LockLevel.SHARE,
                0);
    }

    SqlStep attach(Ident parent, Ident part) {
        return brief(
                "Attach " + last(part),
                sql.render(IndexSql.ATTACH, Map.of("parent_index", parent, "index", part)).text(),
                LockLevel.ACCESS_EXCLUSIVE,
                0);
    }

    /// Builds an index again exactly as it was.
    SqlStep rebuild(String name, String definition, boolean partitioned, long bytes) {
        return partitioned
                ? brief("Make the partitioned index " + name, definition, LockLevel.SHARE, 0)
                : concurrent(
                        "Build " + name + " again",
                        IndexDefinition.concurrently(definition),
                        bytes);
    }

    SqlStep comment(String name, String statement) {
        return brief(
                "Put the comment back on " + name, statement, LockLevel.SHARE_UPDATE_EXCLUSIVE, 0);
    }

    static List<SqlParam> named(Ident index) {
        return List.of(
                new SqlParam("schema_name", "text", index.parts().getFirst()),
                new SqlParam("index_name", "text", index.parts().getLast()));
    }

    static List<SqlParam> table(String schema, String table) {
        return List.of(
                new SqlParam("schema_name", "text", schema),
                new SqlParam("table_name", "text", table));
    }

    static Map<String, String> values(Ident index) {
        return Map.of(
                "schema_name", index.parts().getFirst(), "index_name", index.parts().getLast());
    }

    Precondition unchanged(String description, Ident index, Rows identity) {
        return new Precondition.SqlRows(
                description, database, IndexSql.IDENTITY.path(), named(index), identity);
    }

    Precondition unscanned(Ident index, Rows usage) {
        return new Precondition.SqlRows(
                "nobody has scanned %s since this was planned".formatted(last(index)),
                database,
                IndexSql.USAGE.path(),
                named(index),
                usage);
    }

    Precondition keyUnchanged(ForeignKey key, String definition) {
        return new Precondition.SqlRows(
                "foreign key " + key.constraintName() + " is unchanged",
                database,
                IndexSql.FOREIGN_KEY_IDENTITY.path(),
                List.of(
                        new SqlParam("schema_name", "text", key.schemaName()),
                        new SqlParam("table_name", "text", key.tableName()),
                        new SqlParam("constraint_name", "text", key.constraintName())),
                new Rows(List.of(Map.of("definition", definition))));
    }

    Precondition asPlanned(Ident index, Rows presence) {
        return new Precondition.SqlRows(
                "index " + last(index) + " is as it was when this was planned",
                database,
                IndexSql.PRESENT.path(),
                named(index),
                presence);
    }

    Postcondition gone(Ident index) {
        return figure(last(index) + " is gone", index, "present", 0);
    }

    Postcondition usable(Ident index) {
        return figure(last(index) + " is there and valid", index, "usable", 1);
    }

    Postcondition smaller(Ident index, long bytes) {
        return new Postcondition.SqlFigure(
                "%s is smaller than the %s before".formatted(last(index), Format.size(bytes)),
                database,
                IndexSql.SIZE.path(),
                named(index),
                "bytes",
                Postcondition.Comparison.LESS_THAN,
                bytes);
    }

    private Postcondition figure(String description, Ident index, String column, double value) {
        return new Postcondition.SqlFigure(
                description,
                database,
                IndexSql.PRESENT.path(),
                named(index),
                column,
                Postcondition.Comparison.EQUAL,
                value);
    }

    private String text(SqlName name, String index, Ident table, List<String> columns) {
        return sql.renderLists(
                        name,
                        Map.of(
                                "index", List.of(Ident.of(index)),
                                "table", List.of(table),
                                "columns", columns.stream().map(Ident::of).toList()))
                .text();
    }

    private SqlStep concurrent(String title, String text, long bytes) {
        return new SqlStep(
                title,
                database,
                text,
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                false,
                PATIENT_WAIT,
                BUILD,
                bytes);
    }

    private SqlStep brief(String title, String text, LockLevel lock, long bytes) {
        return new SqlStep(
                title,
                database,
                text,
                List.of(),
                lock,
                Reversibility.REVERSIBLE,
                true,
                LOCK_WAIT,
                SHORT,
                bytes);
    }

    private static String last(Ident ident) {
        return ident.parts().getLast();
    }
}
