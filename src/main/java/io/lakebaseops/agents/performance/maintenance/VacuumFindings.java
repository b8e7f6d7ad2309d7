package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum.Held;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum.Table;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells vacuum needs as findings: the rule and by how much, how late, what stands in the way.
record VacuumFindings(SqlLibrary sql, ToolContext context, XminHorizon horizon, double fullFrom) {
    private static final double CRITICAL_SHARE = 0.25;
    private static final SqlName ANALYZE = SqlName.of("maintenance/analyze_table");
    private static final SqlName VACUUM = SqlName.of("maintenance/vacuum_analyze");

    Table table(String database, VacuumNeed need) {
        var worst = need.worst();
        var since = worst.sinceVacuum();
        var bloat = need.worstBloat();
        return new Table(
                database,
                need.schema(),
                need.table(),
                need.deadRows(),
                need.deadShare(),
                worst.excess(),
                worst.rule(),
                worst.late(),
                since == null ? null : since.toMinutes() / 60.0,
                bloat == null ? null : bloat.low(),
                bloat == null ? null : bloat.high(),
                bloat != null && bloat.measured(),
                bloat != null && bloat.low() > fullFrom,
                need.partitioned()
                        ? need.tables().stream().map(TableState::tableName).toList()
                        : List.of());
    }

    List<Finding> findings(String database, VacuumNeed need) {
        var found = new ArrayList<Finding>();
        if (need.needsVacuum()) {
            found.add(needsVacuum(database, need));
        }
        var bloat = need.worstBloat();
        if (bloat != null && bloat.low() > fullFrom) {
            found.add(bloated(database, need, bloat));
        }
        return found;
    }

    private Finding needsVacuum(String database, VacuumNeed need) {
        var worst = need.worst();
        boolean severe = need.deadShare() > CRITICAL_SHARE || worst.late();
        return finding(
                IdentifyTablesNeedingVacuum.KIND,
                severe ? Severity.CRITICAL : Severity.WARNING,
                database,
                need,
                "%s: %s (%s of its rows are dead); %s%s%s"
                        .formatted(
                                need.subject(database).display(),
                                worst.rule(),
                                Format.percent(need.deadShare()),
                                lateness(worst),
                                worst.mayMaintain()
                                        ? ""
                                        : "; this login may not vacuum it (needs MAINTAIN)",
                                blocked(database, worst)),
                new Confidence(
                        worst.lastAnalyze() == null ? 0.8 : 0.95,
                        worst.lastAnalyze() == null
                                ? "counted by the server; never analysed, so the limit rests on an"
                                        + " old row count"
                                : "counted by the server against the table's own limits"),
                sql.render(VACUUM, Map.of("table", Ident.of(worst.schemaName(), worst.tableName())))
                        .text());
    }

    /// Autovacuum never does it, so nothing repairs it by itself.
    Finding notAnalyzed(String database, PartitionedStatistics p) {
        var now = context.clock().instant();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("partitions", p.partitions());
        row.put("row_count", p.rowCount());
        row.put("analyzed_rows", p.analyzedRows());
        row.put("analyze_limit", p.analyzeLimit());
        return Finding.of(
                context.target(),
                IdentifyTablesNeedingVacuum.STATISTICS_KIND,
                Severity.WARNING,
                Subject.table(database, p.schemaName(), p.tableName()),
                "%s.%s: %s; autovacuum analyzes its %d partitions but never the whole, so the planner guesses%s"
                        .formatted(
                                p.schemaName(),
                                p.tableName(),
                                p.words(),
                                p.partitions(),
                                p.mayMaintain()
                                        ? ""
                                        : "; this login may not analyze it (needs MAINTAIN)"),
                new Confidence(0.95, "the server's own record of its last ANALYZE"),
                sql.render(ANALYZE, Map.of("table", Ident.of(p.schemaName(), p.tableName())))
                        .text(),
                CheckSql.of(sql, MaintenanceSql.PARTITIONED_STATISTICS, Map.of()),
                List.of(
                        new Evidence(
                                MaintenanceSql.PARTITIONED_STATISTICS.path(),
                                Map.of(),
                                new Rows(List.of(row)),
                                now)),
                now);
    }

    private static String lateness(TableState t) {
        var since = t.sinceVacuum();
        var last =
                since == null
                        ? "never vacuumed since the statistics began"
                        : (t.lastVacuum() == null ? "not vacuumed for at least " : "last vacuumed ")
                                + Format.duration(since)
                                + (t.lastVacuum() == null ? "" : " ago");
        var by = " (%.1f times its limit)".formatted(t.excess());
        if (!t.autovacuumOn()) {
            return last + ", autovacuum is off for it" + by;
        }
        return last + (t.late() ? ", autovacuum is late" : "") + by;
    }

    /// A vacuum that began after the holder cannot have removed what died since.
    private String blocked(String database, TableState t) {
        var here = horizon.in(database);
        return here.holder()
                .filter(
                        h ->
                                t.lastVacuum() != null
                                        && h.since() != null
                                        && t.lastVacuum().isAfter(h.since()))
                .map(h -> "; vacuum cannot help while %s is there".formatted(here.words(h)))
                .orElse("");
    }

    private Finding bloated(String database, VacuumNeed need, HeapBloat bloat) {
        var t = need.worst();
        return finding(
                IdentifyTablesNeedingVacuum.FULL_KIND,
                Severity.WARNING,
                database,
                need,
                "%s: %s of its %s is wasted, %s; a candidate for VACUUM FULL if it will not grow into that space again"
                        .formatted(
                                need.subject(database).display(),
                                bloat.bar(),
                                Format.size(t.tableBytes()),
                                bloat.measured() ? "measured" : "estimated"),
                bloat.measured()
                        ? new Confidence(0.95, "measured by pgstattuple on its pages")
                        : new Confidence(
                                0.8,
                                "an estimate from column statistics with its bounds; pgstattuple measures exactly"),
                null);
    }

    private Finding finding(
            String kind,
            Severity severity,
            String database,
            VacuumNeed need,
            String summary,
            Confidence confidence,
            @Nullable String ddl) {
        var now = context.clock().instant();
        var worst = need.worst();
        return Finding.of(
                context.target(),
                kind,
                severity,
                need.subject(database),
                summary,
                confidence,
                ddl,
                CheckSql.of(
                        sql,
                        VacuumPlan.DEAD_ROWS,
                        Map.of("schema_name", worst.schemaName(), "table_name", worst.tableName())),
                List.of(
                        new Evidence(
                                MaintenanceSql.VACUUM_STATE.path(),
                                Map.of(),
                                new Rows(
                                        need.tables().stream()
                                                .limit(20)
                                                .map(t -> row(t, need.bloat().get(t.tableOid())))
                                                .toList()),
                                now)),
                now);
    }

    private static Map<String, @Nullable Object> row(TableState t, @Nullable HeapBloat bloat) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("schema_name", t.schemaName());
        row.put("table_name", t.tableName());
        row.put("live_rows", t.liveRows());
        row.put("dead_rows", t.deadRows());
        row.put("dead_limit", t.deadLimit());
        row.put("inserted_rows", t.insertedRows());
        row.put("insert_limit", t.insertLimit());
        row.put("toast_dead_rows", t.toastDeadRows());
        row.put("toast_dead_limit", t.toastDeadLimit());
        row.put("last_vacuum", t.lastVacuum());
        row.put("table_bytes", t.tableBytes());
        if (bloat != null) {
            row.put("wasted_low", bloat.low());
            row.put("wasted_high", bloat.high());
            row.put("wasted_measured", bloat.measured());
        }
        return row;
    }

    private static Map<String, @Nullable Object> row(XminHorizon.Blocker b) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("kind", b.kind());
        row.put("name", b.name());
        row.put("database_name", b.databaseName());
        row.put("xmin_age", b.xminAge());
        row.put("seconds", b.seconds());
        row.put("detail", b.detail());
        return row;
    }

    @Nullable Held held(List<IdentifyTablesNeedingVacuum.Database> databases) {
        return horizon.holder()
                .map(
                        h -> {
                            var stuck = stuck(databases, h);
                            return new Held(
                                    horizon.words(h),
                                    h.xminAge(),
                                    horizon.release(
                                            h,
                                            stuck.stream().mapToLong(TableState::deadRows).sum(),
                                            stuck.size()),
                                    horizon.remedy(h));
                        })
                .orElse(null);
    }

    private static List<TableState> stuck(
            List<IdentifyTablesNeedingVacuum.Database> databases, XminHorizon.Blocker holder) {
        return databases.stream()
                .filter(d -> holder.holdsRowsOf(d.database()))
                .flatMap(d -> d.needs().stream())
                .flatMap(n -> n.tables().stream())
                .filter(
                        t ->
                                holder.since() == null
                                        || (t.lastVacuum() != null
                                                && t.lastVacuum().isAfter(holder.since())))
                .toList();
    }

    Optional<Finding> horizonFinding(
            @Nullable Held held, List<IdentifyTablesNeedingVacuum.Database> databases) {
        var holder = horizon.holder();
        if (held == null || holder.isEmpty()) {
            return Optional.empty();
        }
        var now = context.clock().instant();
        var h = holder.get();
        var age =
                h.seconds() == null
                        ? Duration.ZERO
                        : Duration.ofMillis((long) (h.seconds() * 1000));
        boolean hurts = !stuck(databases, h).isEmpty() || age.compareTo(Duration.ofHours(1)) > 0;
        var together = horizon.together(h);
        boolean several = together.size() > 1;
        return Optional.of(
                Finding.of(
                        context.target(),
                        IdentifyTablesNeedingVacuum.HORIZON_KIND,
                        hurts ? Severity.WARNING : Severity.INFO,
                        new Subject(h.kind().replace(' ', '_'), null, null, null, h.name()),
                        "%s %s the row versions of the last %s transactions; without %s %s. To end %s: %s"
                                .formatted(
                                        held.by(),
                                        several ? "keep" : "keeps",
                                        Format.grouped(h.xminAge()),
                                        several ? "them" : "it",
                                        held.wouldRelease(),
                                        several ? "them" : "it",
                                        held.remedy()),
                        new Confidence(0.9, "the oldest snapshot the server reports"),
                        null,
                        CheckSql.of(sql, MaintenanceSql.XMIN_HORIZON, Map.of()),
                        List.of(
                                new Evidence(
                                        MaintenanceSql.XMIN_HORIZON.path(),
                                        Map.of(),
                                        new Rows(
                                                together.stream()
                                                        .map(VacuumFindings::row)
                                                        .toList()),
                                        now)),
                        now));
    }
}
