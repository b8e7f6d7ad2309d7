package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The Delta tables of one folder, opened once each, and the boundary where failures of Delta
/// Kernel become ours.
final class KernelBoundary implements AutoCloseable {
    private final Engine engine;
    private final DuckReader reader;
    private final Function<TableName, Path> directories;
    private final HadoopStub bare = new HadoopStub();
    private final Map<TableName, DeltaTable> tables = new ConcurrentHashMap<>();

    KernelBoundary(Engine engine, DuckReader reader, Function<TableName, Path> directories) {
        this.engine = engine;
        this.reader = reader;
        this.directories = directories;
    }

    DeltaTable table(TableName name) {
        return tables.computeIfAbsent(name, n -> new DeltaTable(n, directories.apply(n), engine));
    }

    Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline) {
        return guarded(
                "Query " + query.name(),
                () -> reader.query(query, values, scope, deadline, this::table));
    }

    <T> T guarded(String what, Supplier<T> work) {
        try {
            return bare.call(work);
        } catch (KernelException
                | KernelEngineException
                | UncheckedIOException
                | UnsupportedOperationException e) {
            throw LakeFailures.kernel(what, e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
