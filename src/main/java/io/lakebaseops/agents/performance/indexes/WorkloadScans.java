package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.performance.indexes.MissingIndexCheck.TableScan;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the statements that take the most time and asks the planner which large tables they read
/// from end to end. Nothing of them is run.
final class WorkloadScans {
    private static final String HIDDEN = "<insufficient privilege>";

    private final IndexCatalog catalog;
    private final ReadSession session;
    private final ToolContext context;
    private final Map<String, List<CatalogTable>> tables;
    private final List<String> caveats = new ArrayList<>();
    private int planned;
    private double msPerHour;
    private boolean complete = true;

    WorkloadScans(IndexCatalog catalog, ReadSession session, ToolContext context) {
        this.catalog = catalog;
        this.session = session;
        this.context = context;
        this.tables =
                catalog.tables().values().stream()
                        .collect(Collectors.groupingBy(CatalogTable::tableName));
    }

    List<String> caveats() {
        return List.copyOf(caveats);
    }

    /// Statements the planner was asked about.
    int planned() {
        return planned;
    }

    /// Execution time of all statements that were read.
    double msPerHour() {
        return msPerHour;
    }

    /// False when statements or their texts are hidden: nothing may be concluded from silence.
    boolean complete() {
        return complete;
    }

    /// @param top statements by the time they took
    List<TableScan> read(int top) {
        if (catalog.tables().values().stream()
                .noneMatch(t -> MissingIndexCheck.large(t) && t.seqScans() > 0)) {
            return List.of();
        }
        if (!session.capabilities().has("pg_stat_statements")) {
            complete = false;
            caveats.add(
                    "%s: without the extension pg_stat_statements it is not known which statements read whole tables: %s"
                            .formatted(
                                    catalog.database(),
                                    MissingRight.extension(session, "pg_stat_statements")));
            return List.of();
        }
        var scans = new ArrayList<TableScan>();
        int hidden = 0;
        var refused = new ArrayList<String>();
        var statements = workload(top);
        young(statements);
        for (var statement : statements) {
            msPerHour +=
                    statement.totalMs()
                            / MissingIndexCheck.hours(
                                    statement.statsSince(), catalog.counting().at());
            if (statement.queryText().equals(HIDDEN)) {
                hidden++;
            } else if (ExplainText.refusal(statement.queryText()) == null) {
                try {
                    scans.addAll(scans(statement));
                    planned++;
                } catch (OpsException e) {
                    if (PerDatabase.endsAll(e, context)) {
                        throw e;
                    }
                    refused.add(e.why());
                }
            }
        }
        if (hidden > 0) {
            complete = false;
            caveats.add(
                    "%s: %d of the statements that take most time are hidden from this login: %s"
                            .formatted(
                                    catalog.database(),
                                    hidden,
                                    MissingRight.role(session, "pg_read_all_stats")));
        }
        if (!refused.isEmpty()) {
            caveats.add(
                    "%s: %d of the statements that take most time cannot be planned by this login, for instance: %s%s"
                            .formatted(
                                    catalog.database(),
                                    refused.size(),
                                    refused.getFirst(),
                                    unreadable()));
        }
        return scans;
    }

    /// Statements counted for less than a day show nothing of nightly work.
    private void young(List<WorkStatement> statements) {
        var since =
                statements.stream().map(WorkStatement::statsSince).min(Comparator.naturalOrder());
        var at = catalog.counting().at();
        if (since.isPresent() && since.get().isAfter(at.minus(Duration.ofDays(1)))) {
            caveats.add(
                    "%s: statements are counted since %s only: what runs at night or weekly is not among them"
                            .formatted(catalog.database(), Format.utc(since.get())));
        }
    }

    private String unreadable() {
        var tables =
                catalog.tables().values().stream()
                        .filter(t -> MissingIndexCheck.large(t) && !t.mayRead())
                        .toList();
        return tables.isEmpty() ? "" : ": " + MissingRight.select(session, tables);
    }

    private List<WorkStatement> workload(int top) {
        return session.query(IndexSql.WORKLOAD, Map.of("top", top), WorkStatement.class);
    }

    /// A scan of one table.
    private record Read(CatalogTable table, PlanScan scan) {}

    /// The same scan of a table or of its partitions.
    private record Whole(long topOid, ScanFilter filter) {}

    private List<TableScan> scans(WorkStatement statement) {
        var reads = new LinkedHashMap<Whole, List<Read>>();
        for (var scan : PlanScan.of(session.explain(new ExplainText(statement.queryText())))) {
            var named = tables.getOrDefault(scan.relation(), List.of());
            // The plan names no schema: of two tables of one name it is not known which is read.
            if (named.size() == 1) {
                var table = named.getFirst();
                reads.computeIfAbsent(
                                new Whole(
                                        TableFamily.top(catalog, table).tableOid(),
                                        ScanFilter.of(scan.filter())),
                                _ -> new ArrayList<>())
                        .add(new Read(table, scan));
            }
        }
        var found = new ArrayList<TableScan>();
        reads.forEach((whole, some) -> found.addAll(scans(statement, whole, some)));
        return found;
    }

    /// Partitions that are read together want one index of their table. One that was never analyzed
    /// as a whole has no statistics to judge it by.
    private List<TableScan> scans(WorkStatement statement, Whole whole, List<Read> reads) {
        var top = catalog.tables().get(whole.topOid());
        long parts = reads.stream().map(r -> r.table().tableOid()).distinct().count();
        if (top == null || parts < 2 || top.rowCount() <= 0) {
            return reads.stream()
                    .filter(r -> MissingIndexCheck.large(r.table()))
                    .map(r -> new TableScan(statement, r.table(), r.scan(), whole.filter()))
                    .toList();
        }
        var table = TableFamily.of(catalog, top).whole();
        var first = reads.getFirst().scan();
        var together =
                new PlanScan(
                        top.tableName(),
                        first.filter(),
                        reads.stream().mapToDouble(r -> r.scan().rows()).sum(),
                        reads.stream().mapToDouble(r -> r.scan().cost()).sum(),
                        first.statementCost());
        return MissingIndexCheck.large(table)
                ? List.of(new TableScan(statement, table, together, whole.filter()))
                : List.of();
    }
}
