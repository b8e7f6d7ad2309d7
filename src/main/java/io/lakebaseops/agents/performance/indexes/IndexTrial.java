package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.MissingIndexCheck.Missing;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.sqltext.SqlMask;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.twin.NewIndex;
import io.lakebaseops.twin.Planned;
import io.lakebaseops.twin.TwinDatabase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One suggested index tried in the planner twin: the statements it is for are planned without and
/// with it, and also with the columns they read beside its keys, and over only those rows that all
/// of them ask for.
final class IndexTrial {
    private static final String WHAT = "Planning with an index";

    /// Included columns beyond this make an index a second table.
    private static final int MOST_INCLUDED = 4;

    private static final int WIDTH = 8;
    private static final long PAGE = 8192;

    private final SqlLibrary sql;
    private final TwinDatabase twin;
    private final Deadline deadline;

    IndexTrial(SqlLibrary sql, TwinDatabase twin, Deadline deadline) {
        this.sql = sql;
        this.twin = twin;
        this.deadline = deadline;
    }

    /// @param family the table with its partitions
    WhatIf of(String database, Missing missing, TableFamily family, Instant now) {
        var table = missing.table();
        var name = IndexNames.onColumns(table.tableName(), missing.keys());
        var definition =
                CreateIndexPlans.statement(
                        sql,
                        true,
                        name,
                        Ident.of(table.schemaName(), table.tableName()),
                        missing.keys());
        var before = new LinkedHashMap<MissingIndexCheck.Gain, Planned>();
        for (var gain : missing.gains()) {
            deadline.check(WHAT);
            var planned = twin.plan(gain.statement().queryText());
            if (planned.made()) {
                before.put(gain, planned);
            }
        }
        double pages = Math.max(1, -missing.impact().bytesFreed() / (double) PAGE);
        var plain =
                new NewIndex(table.schemaName(), table.tableName(), name, definition, pages, null);
        var statements =
                twin.trying(
                        List.of(plain),
                        trials -> {
                            trials.mustBeBuilt();
                            return statements(trials.namesOf(plain), before);
                        });
        var others = new ArrayList<WhatIf.Variant>();
        var included = included(missing, family, before);
        if (!included.isEmpty()) {
            var columns = String.join(", ", included.stream().map(c -> Ident.of(c).sql()).toList());
            double more = included.size() * WIDTH * missing.rowsRead() / PAGE;
            others.add(
                    variant(
                            plain,
                            "%s INCLUDE (%s)".formatted(definition, columns),
                            "with the columns read",
                            pages + more,
                            null,
                            before));
        }
        var predicate = predicate(missing, family, before);
        if (predicate != null) {
            double share =
                    Math.clamp(
                            twin.rows(
                                            "SELECT FROM %s WHERE %s"
                                                    .formatted(
                                                            Ident.of(
                                                                            table.schemaName(),
                                                                            table.tableName())
                                                                    .sql(),
                                                            predicate))
                                    / Math.max(1, missing.rowsRead()),
                            0,
                            1);
            others.add(
                    variant(
                            plain,
                            "%s WHERE %s".formatted(definition, predicate),
                            "over the rows asked for",
                            Math.max(1, pages * share),
                            predicate,
                            before));
        }
        return new WhatIf(
                database,
                table.schemaName(),
                table.tableName(),
                name,
                definition,
                (long) (pages * PAGE),
                statements,
                others,
                DropCertificate.ORIGIN,
                now);
    }

    private List<WhatIf.Statement> statements(
            Set<String> names, Map<MissingIndexCheck.Gain, Planned> before) {
        var found = new ArrayList<WhatIf.Statement>();
        before.forEach(
                (gain, was) -> {
                    deadline.check(WHAT);
                    var text = gain.statement().queryText();
                    var with = twin.plan(text);
                    if (with.made()) {
                        found.add(
                                new WhatIf.Statement(
                                        gain.statement().queryid(),
                                        SqlMask.mask(text),
                                        was.cost(),
                                        with.cost(),
                                        names.stream().anyMatch(with::uses),
                                        otherwise(text, with)));
                    }
                });
        found.sort(
                Comparator.comparingDouble((WhatIf.Statement s) -> s.before() - s.after())
                        .reversed());
        return found;
    }

    /// The kinds of values for which the planner goes another way.
    private List<String> otherwise(String text, Planned generic) {
        return twin.withValues(text, generic, TwinDatabase.Condition.NONE).entrySet().stream()
                .filter(
                        e -> {
                            var planned = twin.plan(e.getValue());
                            return planned.made() && !planned.shape().equals(generic.shape());
                        })
                .map(Map.Entry::getKey)
                .toList();
    }

    private WhatIf.Variant variant(
            NewIndex plain,
            String definition,
            String kind,
            double pages,
            @Nullable String predicate,
            Map<MissingIndexCheck.Gain, Planned> before) {
        deadline.check(WHAT);
        var index =
                new NewIndex(
                        plain.schema(), plain.table(), plain.name(), definition, pages, predicate);
        double was = 0;
        for (var one : before.entrySet()) {
            was += one.getKey().statement().calls() * one.getValue().cost();
        }
        double is =
                twin.with(
                        List.of(index),
                        () -> {
                            double sum = 0;
                            for (var gain : before.keySet()) {
                                var planned = twin.plan(gain.statement().queryText());
                                sum +=
                                        gain.statement().calls()
                                                * (planned.made() ? planned.cost() : 0);
                            }
                            return sum;
                        });
        return new WhatIf.Variant(
                definition, kind, (long) (pages * PAGE), is / Math.max(1e-9, was));
    }

    /// Columns of the table that the statements read beside the keys; none when they are many.
    private static Set<String> included(
            Missing missing, TableFamily family, Map<MissingIndexCheck.Gain, Planned> before) {
        var columns = new LinkedHashSet<String>();
        for (var planned : before.values()) {
            for (var node : scans(planned, family)) {
                for (var property : List.of("Output", "Filter")) {
                    node.properties()
                            .path(property)
                            .forEach(text -> columns.addAll(columns(text.asText())));
                    if (node.properties().path(property).isTextual()) {
                        columns.addAll(columns(String.valueOf(node.text(property))));
                    }
                }
            }
        }
        columns.retainAll(missing.table().columns());
        missing.keys().forEach(columns::remove);
        return columns.size() > MOST_INCLUDED ? Set.of() : columns;
    }

    private static List<PlanNode> scans(Planned planned, TableFamily family) {
        return Objects.requireNonNull(planned.plan())
                .root()
                .all()
                .filter(
                        n ->
                                family.names()
                                        .contains(n.text("Schema") + "." + n.text("Relation Name")))
                .toList();
    }

    private static List<String> columns(String expression) {
        var statement = SqlParser.parse("select " + expression).single();
        return statement == null
                ? List.of()
                : statement
                        .tree()
                        .all()
                        .filter(n -> n.is("ColumnRef"))
                        .map(n -> n.names("fields"))
                        .filter(n -> !n.isEmpty())
                        .map(List::getLast)
                        .toList();
    }

    /// A condition without parameters that every scan of the table has, in words of SQL.
    private static @Nullable String predicate(
            Missing missing, TableFamily family, Map<MissingIndexCheck.Gain, Planned> before) {
        Set<String> common = null;
        for (var planned : before.values()) {
            for (var node : scans(planned, family)) {
                var fixed = FixedConditions.of(node.text("Filter"), missing.keys());
                if (common == null) {
                    common = fixed;
                } else {
                    common.retainAll(fixed);
                }
            }
        }
        return common == null || common.isEmpty() ? null : String.join(" AND ", common);
    }
}
