package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.MirrorCatalog;
import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A folder of Delta tables on this machine: a directory per schema and table, as a pipeline or a
/// mounted volume leaves them.
public final class LocalMirrorCatalog implements MirrorCatalog {
    /// Sums need little; the console shares the machine with its user.
    private static final String MEMORY = "192MB";

    private final Path root;
    private final Engine engine;
    private final KernelBoundary tables;

    public LocalMirrorCatalog(Path root, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.engine = new LocalEngine(clock, false);
        this.tables =
                new KernelBoundary(
                        engine, new DuckReader(DuckDb.unpacking(), MEMORY), this::directory);
    }

    @Override
    public String name() {
        return String.valueOf(root.getFileName());
    }

    @Override
    public List<TableName> tables() {
        var found = new ArrayList<TableName>();
        for (var schema : folders(root)) {
            for (var table : folders(schema)) {
                if (Files.isDirectory(table.resolve("_delta_log"))) {
                    found.add(new TableName(TablePaths.name(schema), TablePaths.name(table)));
                }
            }
        }
        found.sort(Comparator.comparing(TableName::toString));
        return found;
    }

    private static List<Path> folders(Path of) {
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (var entries = Files.list(of)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw LakeFailures.disk("Listing " + of, e);
        }
    }

    @Override
    public MirrorTable latest(TableName name) {
        return tables.guarded("Looking at " + name, () -> described(tables.table(name)));
    }

    private MirrorTable described(DeltaTable table) {
        var snapshot = table.latestFor(Use.READ);
        var facts = table.facts();
        return new MirrorTable(
                table.name(),
                snapshot.getVersion(),
                committed(snapshot),
                snapshot.getSchema().fields().stream()
                        .map(
                                f ->
                                        new MirrorTable.Column(
                                                f.getName(), DeltaTypes.duck(f.getDataType())))
                        .toList(),
                facts.rows(),
                facts.bytes());
    }

    private Instant committed(Snapshot snapshot) {
        return Instant.ofEpochMilli(snapshot.getTimestamp(engine));
    }

    @Override
    public Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline) {
        return tables.query(query, values, scope, deadline);
    }

    /// Other writers spell a folder as the table is called, ours escape what is unusual.
    private Path directory(TableName name) {
        var plain = name.schema() + "/" + name.table();
        if (!plain.contains("..")) {
            var as = root.resolve(plain).normalize();
            if (as.startsWith(root) && Files.isDirectory(as.resolve("_delta_log"))) {
                return as;
            }
        }
        return TablePaths.below(root, name);
    }

    @Override
    public void close() {
        tables.close();
    }
}
