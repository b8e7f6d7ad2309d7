package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.agents.performance.indexes.MissingIndexCheck.Missing;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds indexes that statements of the workload lack, from their own plans: which large table each
/// reads from end to end, what it filters by, what an index would save and what writes would pay.
public final class DetectMissingIndexes
        implements ReadTool<DetectMissingIndexes.Input, DetectMissingIndexes.Output> {
    public static final String KIND = "missing_index";

    private final Targets targets;
    private final SqlLibrary sql;
    private final @Nullable IndexTwin twin;

    /// Without asking the planner of a twin.
    public DetectMissingIndexes(Targets targets, SqlLibrary sql) {
        this(targets, sql, null);
    }

    public DetectMissingIndexes(Targets targets, SqlLibrary sql, @Nullable IndexTwin twin) {
        this.targets = targets;
        this.sql = sql;
        this.twin = twin;
    }

    public record Input(
            @Doc(
                            value =
                                    "How many of the statements that take the most time are planned",
                            defaultValue = "50")
                    int top,
            @Doc(
                            value =
                                    "How many of the suggestions that save most are also planned in the"
                                            + " planner twin, with cost before and after",
                            defaultValue = "3")
                    int twin) {
        /// Without asking the planner of a twin.
        public Input(int top) {
            this(top, 0);
        }
    }

    /// @param statements planned
    /// @param workMsPerHour execution time of the statements looked at
    /// @param tried in the planner twin, with what the planner expects of them
    public record Output(
            int databases,
            int statements,
            double workMsPerHour,
            List<Suggested> missing,
            List<WhatIf> tried) {
        public Output {
            missing = List.copyOf(missing);
            tried = List.copyOf(tried);
        }
    }

    /// @param savedMsPerHour execution time of the statements that gain
    /// @param writeMsPerHour what every write of the table would pay for it
    public record Suggested(
            String database,
            String schema,
            String table,
            String index,
            List<String> keys,
            double rowsRead,
            double rowsFound,
            double savedMsPerHour,
            double writeMsPerHour,
            List<Gain> gains) {
        public Suggested {
            keys = List.copyOf(keys);
            gains = List.copyOf(gains);
        }
    }

    /// @param savedShare of its time, 0 to 1, by the planner's costs
    public record Gain(
            String queryid, String query, long calls, double meanMs, double savedShare) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                DetectMissingIndexes.class,
                "Finds indexes that statements of the workload lack, with what they would save and cost",
                "B.indexes");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, session) ->
                        TriedIndexes.of(
                                judge(catalog, session, input.top(), context),
                                twin,
                                input.twin(),
                                catalog,
                                session,
                                context),
                TriedIndexes::output,
                List.of(KIND));
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    static Output output(List<Workload> databases, List<WhatIf> tried) {
        return new Output(
                databases.size(),
                databases.stream().mapToInt(d -> d.judged().checked()).sum(),
                databases.stream().mapToDouble(Workload::msPerHour).sum(),
                databases.stream().flatMap(d -> d.judged().results().stream()).toList(),
                tried);
    }

    /// @param missing those behind the results, in the same order
    /// @param msPerHour execution time of all statements that were read
    record Workload(Judged<Suggested> judged, List<Missing> missing, double msPerHour)
            implements IndexCheck.Verdict {
        Workload {
            missing = List.copyOf(missing);
        }

        @Override
        public List<Finding> findings() {
            return judged.findings();
        }

        @Override
        public List<String> caveats() {
            return judged.caveats();
        }

        @Override
        public boolean covers(String kind) {
            return judged.complete();
        }
    }

    Workload judge(IndexCatalog catalog, ReadSession session, int top, ToolContext context) {
        var workload = new WorkloadScans(catalog, session, context);
        var scans = workload.read(top);
        var oids = scans.stream().map(s -> s.table().tableOid()).distinct().toList();
        var statistics =
                oids.isEmpty()
                        ? List.<ColumnStatistics>of()
                        : session.query(
                                IndexSql.COLUMN_STATISTICS,
                                Map.of("table_oids", oids),
                                ColumnStatistics.class);
        var missing = new MissingIndexCheck(catalog, statistics).judge(scans);
        return new Workload(
                new Judged<>(
                        workload.planned(),
                        missing.stream().map(m -> result(catalog.database(), m)).toList(),
                        missing.stream().map(m -> finding(catalog.database(), m, context)).toList(),
                        workload.caveats(),
                        workload.complete()),
                missing,
                workload.msPerHour());
    }

    private static Suggested result(String database, Missing m) {
        return new Suggested(
                database,
                m.table().schemaName(),
                m.table().tableName(),
                IndexNames.onColumns(m.table().tableName(), m.keys()),
                m.keys(),
                m.rowsRead(),
                m.rowsFound(),
                m.savedMsPerHour(),
                m.writeMsPerHour(),
                m.gains().stream()
                        .map(
                                g ->
                                        new Gain(
                                                g.statement().queryid(),
                                                SqlMask.mask(g.statement().queryText()),
                                                g.statement().calls(),
                                                g.statement().meanMs(),
                                                g.savedShare()))
                        .toList());
    }

    private Finding finding(String database, Missing m, ToolContext context) {
        var now = context.clock().instant();
        var table = m.table();
        return Finding.of(
                        context.target(),
                        KIND,
                        Severity.WARNING,
                        Subject.index(
                                database,
                                table.schemaName(),
                                table.tableName(),
                                IndexNames.onColumns(table.tableName(), m.keys())),
                        summary(m),
                        new Confidence(
                                0.75,
                                "from real plans; the saving is the planner's estimate, not measured"),
                        statement(m),
                        CheckSql.of(
                                sql,
                                IndexSql.TABLE_INDEXES,
                                Map.of(
                                        "schema_name",
                                        table.schemaName(),
                                        "table_name",
                                        table.tableName())),
                        List.of(
                                new Evidence(
                                        IndexSql.WORKLOAD.path(),
                                        Map.of(),
                                        new Rows(
                                                m.gains().stream()
                                                        .limit(10)
                                                        .map(g -> row(m, g))
                                                        .toList()),
                                        now)),
                        now)
                .worth(m.impact())
                .mendedBy(
                        table.mayChange()
                                ? new CreateIndex(
                                        database,
                                        table.schemaName(),
                                        table.tableName(),
                                        table.isPartitioned(),
                                        table.bytes(),
                                        m.keys(),
                                        effect(m),
                                        null)
                                : null);
    }

    private String statement(Missing m) {
        var table = m.table();
        return CreateIndexPlans.statement(
                sql,
                table.isPartitioned(),
                IndexNames.onColumns(table.tableName(), m.keys()),
                Ident.of(table.schemaName(), table.tableName()),
                m.keys());
    }

    private static String summary(Missing m) {
        var first = m.gains().getFirst();
        return "%s.%s (%s): %s read all %s rows to find %s; %s. %s"
                .formatted(
                        m.table().schemaName(),
                        m.table().tableName(),
                        String.join(", ", m.keys()),
                        Format.count(m.gains().size(), "statement"),
                        Format.grouped(m.rowsRead()),
                        Format.grouped(m.rowsFound()),
                        effect(m),
                        "Most by: " + SqlMask.mask(first.statement().queryText()));
    }

    private static String effect(Missing m) {
        return "an index would save %s of execution an hour and cost %s of writing"
                .formatted(
                        Format.seconds(m.savedMsPerHour() / 1000),
                        Format.seconds(m.writeMsPerHour() / 1000));
    }

    private static Map<String, @Nullable Object> row(Missing m, MissingIndexCheck.Gain gain) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("columns", String.join(", ", m.keys()));
        row.put("queryid", gain.statement().queryid());
        row.put("query", SqlMask.mask(gain.statement().queryText()));
        row.put("calls", gain.statement().calls());
        row.put("mean_ms", gain.statement().meanMs());
        row.put("saved_share", gain.savedShare());
        return row;
    }
}
