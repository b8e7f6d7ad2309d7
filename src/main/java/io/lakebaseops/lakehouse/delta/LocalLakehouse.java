package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.engine.Engine;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.BulkWriter;
import io.lakebaseops.lakehouse.HotAndCold;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.Rollup;
import io.lakebaseops.lakehouse.RollupReport;
import io.lakebaseops.lakehouse.RowSink;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableFacts;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// History on one machine. A directory per catalog, schema and table below a root.
///
/// Several processes may use the same root at once. Starts no threads of its own; DuckDB does, in
/// native code, while a query runs.
public final class LocalLakehouse implements Lakehouse {
    private final Path catalog;
    private final Clock clock;
    private final MaintenancePolicy policy;
    private final LocalFiles files;
    private final Engine engine;
    private final DuckDb duck;
    private final DuckReader reader;
    private final KernelBoundary tables;

    private LocalLakehouse(
            Path root, Clock clock, MaintenancePolicy policy, boolean forced, DuckDb duck)
            throws IOException {
        this.duck = duck;
        this.reader = new DuckReader(duck);
        this.catalog = root.toAbsolutePath().normalize().resolve(TableName.CATALOG);
        this.clock = clock;
        this.policy = policy;
        this.files = new LocalFiles(clock, forced);
        this.engine = new LocalEngine(files);
        this.tables = new KernelBoundary(engine, reader, n -> TablePaths.below(catalog, n));
        OwnerOnly.closedFolder(catalog);
    }

    public static LocalLakehouse open(Path root, Clock clock) {
        return open(root, clock, MaintenancePolicy.DEFAULT);
    }

    /// @param duck what reads the tables
    public static LocalLakehouse open(Path root, Clock clock, DuckDb duck) {
        return open(root, clock, MaintenancePolicy.DEFAULT, true, duck);
    }

    public static LocalLakehouse open(Path root, Clock clock, MaintenancePolicy policy) {
        return open(root, clock, policy, true);
    }

    /// @param forced false: a crash of the machine may lose or tear what was written last
    static LocalLakehouse open(Path root, Clock clock, MaintenancePolicy policy, boolean forced) {
        return open(root, clock, policy, forced, DuckDb.unpacking());
    }

    private static LocalLakehouse open(
            Path root, Clock clock, MaintenancePolicy policy, boolean forced, DuckDb duck) {
        try {
            return new LocalLakehouse(root, clock, policy, forced, duck);
        } catch (IOException e) {
            throw LakeFailures.disk("Opening the lakehouse in " + root, e);
        }
    }

    @Override
    public List<TableStatus> ensureTables(List<TableDef> defs) {
        return tables.guarded(
                "Making tables",
                () ->
                        defs.stream()
                                .map(
                                        d ->
                                                new TableSetup(
                                                                tables.table(d.name()),
                                                                clock,
                                                                policy)
                                                        .ensure(d))
                                .toList());
    }

    @Override
    public AppendResult append(
            TableName name, Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
        return tables.guarded(
                "Appending to " + name,
                () -> new TableAppend(tables.table(name)).store(rows, null));
    }

    @Override
    public AppendResult append(
            TableName name,
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            WriteId id) {
        return tables.guarded(
                "Appending to " + name, () -> new TableAppend(tables.table(name)).store(rows, id));
    }

    @Override
    public BulkWriter bulk(
            TableName name, Map<String, Object> partition, List<String> columns, WriteId id) {
        return tables.guarded(
                "Appending to " + name,
                () -> BulkAppend.begin(tables, tables.table(name), files, partition, columns, id));
    }

    @Override
    public void scan(
            TableName name,
            Map<String, String> partition,
            List<String> columns,
            RowSink into,
            Deadline deadline) {
        tables.guarded(
                "Reading " + name,
                () -> {
                    new BulkScan(tables.table(name), columns, into, deadline).read(partition);
                    return name;
                });
    }

    @Override
    public Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline) {
        return tables.query(query, values, scope, deadline);
    }

    @Override
    public MaintenanceReport maintain(TableName name, String run, Deadline deadline) {
        return tables.guarded(
                "Maintaining " + name,
                () -> new Maintenance(tables.table(name), clock, policy, run, deadline).run());
    }

    @Override
    public RollupReport rollUp(Rollup rollup, String run, Deadline deadline) {
        return tables.guarded(
                "Summing up " + rollup.source(),
                () ->
                        new RollupBuild(
                                        rollup,
                                        tables.table(rollup.source()),
                                        tables.table(rollup.sums()),
                                        reader,
                                        clock,
                                        run)
                                .run(deadline));
    }

    @Override
    public TableFacts facts(TableName name) {
        return tables.guarded("Looking at " + name, () -> tables.table(name).facts());
    }

    @Override
    public long remove(
            TableName name,
            Map<String, String> partition,
            @Nullable String column,
            Set<String> values,
            Deadline deadline) {
        var leaving = column == null ? null : new FileRewrite.Leaving(column, Set.copyOf(values));
        return tables.guarded(
                "Removing rows of " + name,
                () ->
                        new RowRemoval(tables.table(name), clock)
                                .remove(partition, leaving, deadline));
    }

    @Override
    public List<String> files(TableName name, Map<String, String> partition) {
        return tables.guarded(
                "Listing the files of " + name,
                () -> {
                    var table = tables.table(name);
                    return table.files(table.latest()).stream()
                            .filter(f -> f.partition().entrySet().containsAll(partition.entrySet()))
                            .map(f -> f.path().toString())
                            .toList();
                });
    }

    @Override
    public Rows together(HotAndCold sides, String select, int limit, Deadline deadline) {
        return tables.guarded(
                "Asking " + sides.table() + " and its archive",
                () ->
                        new CombinedQuery(duck, engine, clock, policy)
                                .run(
                                        sides,
                                        tables.table(sides.archive()),
                                        select,
                                        limit,
                                        deadline));
    }

    @Override
    public String location(TableName name) {
        return tables.table(name).directory().toString();
    }

    @Override
    public void close() {
        tables.close();
    }
}
