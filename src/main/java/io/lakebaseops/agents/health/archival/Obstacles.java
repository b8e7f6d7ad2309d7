package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What stands against taking cold rows out of a table, each with what could be done about it.
///
/// A delete must take the archived rows and nothing else with it: whatever runs or changes other
/// rows when a row goes is an obstacle, not a risk to be weighed.
record Obstacles(ReadSession session, SqlLibrary sql) {
    private record Count(long rowCount) {}

    List<String> of(TableFacts facts, String timeColumn, Instant before) {
        var all = new ArrayList<String>();
        var row = facts.row();
        if (facts.keys(timeColumn).isEmpty()) {
            all.add(
                    "it has no primary key, so a verified row could not be told from its copy: add one");
        }
        if (row.hasChildren()) {
            all.add("other tables inherit from it: archive those one by one");
        }
        if (row.isRowSecurityActive()) {
            all.add("row security hides rows of it from this login: archive as its owner");
        }
        if (!row.mayDelete() || (row.isPartitioned() && !row.isOwner())) {
            all.add(
                    row.isPartitioned()
                            ? "only its owner can detach partitions: grant this login that role"
                            : "this login may not delete from it: GRANT SELECT, INSERT, DELETE");
        }
        if (!row.triggers().isEmpty() && !row.isPartitioned()) {
            all.add(
                    "a delete or an insert would run its triggers (%s): disable them for the move"
                            .formatted(row.triggers()));
        }
        if (!row.rules().isEmpty()) {
            all.add("rules rewrite its deletes and inserts: " + row.rules());
        }
        facts.columns().stream()
                .filter(c -> c.isNotNullDomain())
                .findFirst()
                .ifPresent(
                        c ->
                                all.add(
                                        "the domain of column %s refuses NULL, so keys alone cannot be sent: put NOT NULL on the column instead"
                                                .formatted(c.columnName())));
        for (var key : facts.referencing()) {
            if (key.changesChildren()) {
                all.add(
                        "%s of %s.%s would delete or change rows there too"
                                .formatted(
                                        key.constraintName(), key.fromSchema(), key.fromTable()));
            } else {
                long rows = referenced(facts, key, timeColumn, before);
                if (rows > 0) {
                    all.add(
                            "%s rows of %s.%s point at cold rows: archive those first"
                                    .formatted(
                                            Format.grouped(rows),
                                            key.fromSchema(),
                                            key.fromTable()));
                }
            }
        }
        return all;
    }

    private long referenced(
            TableFacts facts, TableFacts.Referencing key, String timeColumn, Instant before) {
        var text =
                sql.renderLists(
                        ColdSql.REFERENCED,
                        Map.of(
                                "table", List.of(Ident.of(facts.schema(), facts.table())),
                                "from_table", List.of(Ident.of(key.fromSchema(), key.fromTable())),
                                "from_columns", of("r", key.fromColumns()),
                                "to_columns", of("t", key.toColumns()),
                                "time_column", of("t", List.of(timeColumn))));
        return session.query(text, Map.of("before", before), Count.class).getFirst().rowCount();
    }

    private static List<Ident> of(String alias, List<String> columns) {
        return columns.stream().map(c -> Ident.of(alias, c)).toList();
    }
}
