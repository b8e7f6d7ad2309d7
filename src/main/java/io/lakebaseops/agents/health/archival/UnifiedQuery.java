package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.HotAndCold;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.RelationUse;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.StatementKind;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archivals;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One SELECT over a table and its archive together. Read only and guarded: a single statement over
/// this table alone, limited in rows and time, in an engine that reaches nothing else.
public final class UnifiedQuery {
    /// Rows of the table are fetched to be asked together with the archive.
    static final int MOST_HOT_ROWS = 300_000;

    public static final int MOST_ROWS = 1_000;
    public static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LISTED = 500;

    private final Targets targets;
    private final SqlLibrary sql;
    private final Lakehouse lakehouse;
    private final Archivals archivals;

    public UnifiedQuery(Targets targets, SqlLibrary sql, Lakehouse lakehouse, Archivals archivals) {
        this.targets = targets;
        this.sql = sql;
        this.lakehouse = lakehouse;
        this.archivals = archivals;
    }

    /// @param onBothSides keys that are in the table and in the archive, as after a crash
    /// @param cut there are more rows than shown
    public record Answer(Rows rows, long hotRows, long coldRows, long onBothSides, boolean cut) {}

    private record HotRow(String rowText) {}

    /// @param select the table may be named with its schema or without
    public Answer ask(
            TargetId target, String schema, String table, String select, Deadline deadline) {
        var guarded = guarded(select, schema, table);
        var order = order(target, schema, table);
        var hot = hot(target, order, deadline);
        var sides = sides(order.order(), hot);
        var rows = lakehouse.together(sides, guarded, MOST_ROWS + 1, deadline);
        var archive = lakehouse.facts(DeltaColdStore.table(order.order()));
        return new Answer(
                rows.head(MOST_ROWS),
                hot.size(),
                archive.rows(),
                both(order.order(), hot, deadline),
                rows.size() > MOST_ROWS);
    }

    /// The statement, if it is exactly one SELECT that reads this table and nothing else.
    static String guarded(String select, String schema, String table) {
        var statement = SqlParser.parse(select).single();
        if (statement == null) {
            throw refused(
                    SqlParser.parse(select) instanceof Parsed.NotUnderstood n
                            ? n.reason()
                            : "it is not exactly one statement");
        }
        if (statement.kind() != StatementKind.SELECT) {
            throw refused("only SELECT is answered here");
        }
        var own = new HashSet<String>();
        statement
                .tree()
                .all()
                .filter(n -> n.is("CommonTableExpr"))
                .forEach(n -> own.add(n.text("ctename")));
        for (var use : statement.relations()) {
            boolean ours =
                    use.name().equals(table)
                            && (use.schema().isEmpty() || use.schema().equals(schema));
            boolean named = use.schema().isEmpty() && own.contains(use.name());
            if (use.how() != RelationUse.How.READ || !(ours || named)) {
                throw refused("it may read %s.%s and nothing else".formatted(schema, table));
            }
        }
        return statement.text();
    }

    private static OpsException refused(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "The query over hot and cold rows",
                why,
                "ask with one SELECT over the archived table");
    }

    private Ordered order(TargetId target, String schema, String table) {
        return archivals.list(target, LISTED).stream()
                .filter(a -> a.schema().equals(schema) && a.table().equals(table))
                .findFirst()
                .map(a -> new Ordered(a, a.archiveStep().order()))
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.NOT_FOUND,
                                        "The archive of %s.%s".formatted(schema, table),
                                        "nothing of this table was archived",
                                        "archive it first, or ask PostgreSQL alone"));
    }

    private record Ordered(Archival archival, ArchiveOrder order) {}

    private List<Map<String, @Nullable Object>> hot(
            TargetId target, Ordered of, Deadline deadline) {
        var order = of.order();
        var text =
                sql.renderLists(
                        ColdSql.HOT_ROWS,
                        Map.of(
                                "table", List.of(Ident.of(order.schema(), order.table())),
                                "t_columns",
                                        order.columns().stream()
                                                .map(c -> Ident.of("t", c.name()))
                                                .toList()));
        List<HotRow> rows;
        try (var session = targets.read(target, of.archival().database(), deadline)) {
            rows = session.query(text, Map.of("most", MOST_HOT_ROWS + 1), HotRow.class);
        }
        if (rows.size() > MOST_HOT_ROWS) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    "The query over hot and cold rows",
                    "%s.%s still holds more than %,d rows, too many to be fetched for this"
                            .formatted(order.schema(), order.table(), MOST_HOT_ROWS),
                    "use the view create_unified_access_view writes for Databricks");
        }
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            var cells = ColdRow.cellsOf(row.rowText());
            var values = new LinkedHashMap<String, @Nullable Object>();
            for (int i = 0; i < order.columns().size(); i++) {
                var column = order.columns().get(i);
                values.put(column.archivedAs(), CellConverter.stored(column, cells.get(i)));
            }
            all.add(values);
        }
        return all;
    }

    private static HotAndCold sides(ArchiveOrder order, List<Map<String, @Nullable Object>> hot) {
        var names = new HashMap<String, String>();
        order.columns().forEach(c -> names.put(c.archivedAs(), c.name()));
        return new HotAndCold(
                order.schema(),
                order.table(),
                DeltaColdStore.table(order),
                order.columns().stream()
                        .map(
                                c ->
                                        new ColumnDef(
                                                c.archivedAs(),
                                                CellConverter.type(c.storedAs()),
                                                true,
                                                c.type()))
                        .toList(),
                names,
                hot);
    }

    private long both(
            ArchiveOrder order, List<Map<String, @Nullable Object>> hot, Deadline deadline) {
        var keys =
                order.keys().stream().map(k -> Ident.of(k).sql()).collect(Collectors.joining(", "));
        var table = Ident.of(order.schema(), order.table()).sql();
        var select =
                "select count(*) as n from (select %s from %s group by %s having count(*) > 1) as twice"
                        .formatted(keys, table, keys);
        var rows = lakehouse.together(sides(order, hot), select, 1, deadline);
        return ((Number) java.util.Objects.requireNonNull(rows.list().getFirst().get("n")))
                .longValue();
    }
}
