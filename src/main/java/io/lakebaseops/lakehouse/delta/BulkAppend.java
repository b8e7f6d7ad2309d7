package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.parquet.ParquetStatsReader;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.AppendResult.Outcome;
import io.lakebaseops.lakehouse.BulkWriter;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An append of one file, written cell by cell and committed at its end.
final class BulkAppend implements BulkWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BulkAppend.class);
    private static final int ROUNDS = 5;

    private final KernelBoundary boundary;
    private final DeltaTable table;
    private final LocalFiles files;
    private final WriteId id;
    private final Map<String, Literal> partition;
    private final StructType stored;
    private final Path path;
    private final ParquetRows rows;
    private boolean kept;

    private BulkAppend(
            KernelBoundary boundary,
            DeltaTable table,
            LocalFiles files,
            Map<String, Object> partition,
            List<String> columns,
            WriteId id)
            throws IOException {
        this.boundary = boundary;
        this.table = table;
        this.files = files;
        this.id = id;
        var base = table.latestFor(Use.APPEND);
        var layout = new FileLayout(base);
        this.partition = literals(base, partition);
        this.stored = layout.dataColumns();
        var names = columns.stream().map(c -> layout.stored(c).getName()).toList();
        this.path = target(base).resolve(UUID.randomUUID() + "-bulk.parquet");
        this.rows = new ParquetRows(files.newOutputFile(LocalFiles.location(path)), stored, names);
    }

    static BulkAppend begin(
            KernelBoundary boundary,
            DeltaTable table,
            LocalFiles files,
            Map<String, Object> partition,
            List<String> columns,
            WriteId id) {
        try {
            return new BulkAppend(boundary, table, files, partition, columns, id);
        } catch (IOException e) {
            throw LakeFailures.disk("Appending to " + table.name(), e);
        }
    }

    private static Map<String, Literal> literals(Snapshot base, Map<String, Object> partition) {
        var literals = new HashMap<String, Literal>();
        for (var name : base.getPartitionColumnNames()) {
            var type = base.getSchema().get(name).getDataType();
            literals.put(
                    name,
                    DeltaValueConverter.literal(
                            type, DeltaValueConverter.toDelta(type, partition.get(name))));
        }
        return literals;
    }

    private Path target(Snapshot base) {
        // Without the id, which is looked at when everything is there.
        var state =
                base.buildUpdateTableTransaction(LocalEngine.NAME, Operation.WRITE)
                        .build(table.engine())
                        .getTransactionState(table.engine());
        var context = Transaction.getWriteContext(table.engine(), state, partition);
        return Path.of(URI.create(context.getTargetDirectory()));
    }

    private Transaction transaction(Snapshot base) {
        return base.buildUpdateTableTransaction(LocalEngine.NAME, Operation.WRITE)
                .withTransactionId(id.writer(), id.sequence())
                .build(table.engine());
    }

    @Override
    public AppendResult commit() {
        return boundary.guarded("Appending to " + table.name(), this::committed);
    }

    private AppendResult committed() {
        ConcurrentWriteException last = null;
        try {
            rows.finish();
            for (int round = 0; round < ROUNDS; round++) {
                var base = table.latestFor(Use.APPEND);
                long stored =
                        base.getLatestTransactionVersion(table.engine(), id.writer())
                                .orElse(Long.MIN_VALUE);
                if (stored >= id.sequence()) {
                    return new AppendResult(
                            table.name(), Outcome.ALREADY_STORED, base.getVersion(), 0);
                }
                try {
                    var done = attempt(base);
                    return new AppendResult(
                            table.name(), Outcome.STORED, table.committed(done), rows.rows());
                } catch (ConcurrentWriteException e) {
                    kept = false;
                    table.forget();
                    last = e;
                }
            }
        } catch (CommitStateUnknownException e) {
            throw LakeFailures.disk("Committing to " + table.name(), e);
        } catch (IOException e) {
            throw LakeFailures.disk("Appending to " + table.name(), e);
        }
        throw LakeFailures.contended(table.name(), ROUNDS, last);
    }

    private TransactionCommitResult attempt(Snapshot base) throws IOException {
        var engine = table.engine();
        var transaction = transaction(base);
        var state = transaction.getTransactionState(engine);
        var context = Transaction.getWriteContext(engine, state, partition);
        var location = LocalFiles.location(path);
        long bytes = Files.size(path);
        var statistics =
                ParquetStatsReader.readDataFileStatistics(
                        files.newInputFile(location, bytes),
                        stored,
                        context.getStatisticsColumns());
        var file =
                new DataFileStatus(
                        location,
                        bytes,
                        Files.getLastModifiedTime(path).toMillis(),
                        Optional.of(statistics));
        var actions = new ArrayList<Row>();
        try (var added =
                Transaction.generateAppendActions(
                        engine,
                        state,
                        KernelInternals.closeable(List.of(file).iterator()),
                        context)) {
            added.forEachRemaining(actions::add);
        }
        new CommitNote("WRITE", Map.of("mode", "Append", "writer", id.writer()))
                .with("numFiles", 1)
                .with("numOutputRows", rows.rows())
                .with("numOutputBytes", bytes)
                .blind()
                .attach(transaction);
        // From here on the commit may have happened, whatever is thrown.
        kept = true;
        return transaction.commit(
                engine,
                CloseableIterable.inMemoryIterable(KernelInternals.closeable(actions.iterator())));
    }

    @Override
    public void close() {
        try {
            rows.close();
            if (!kept) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind until maintenance: {}", path, e.toString());
        }
    }

    @Override
    public void setNull(int column) {
        rows.setNull(column);
    }

    @Override
    public void setBoolean(int column, boolean value) {
        rows.setBoolean(column, value);
    }

    @Override
    public void setInt(int column, int value) {
        rows.setInt(column, value);
    }

    @Override
    public void setLong(int column, long value) {
        rows.setLong(column, value);
    }

    @Override
    public void setFloat(int column, float value) {
        rows.setFloat(column, value);
    }

    @Override
    public void setDouble(int column, double value) {
        rows.setDouble(column, value);
    }

    @Override
    public void setBytes(int column, byte[] bytes, int from, int length) {
        rows.setBytes(column, bytes, from, length);
    }

    @Override
    public void endRow() {
        try {
            rows.endRow();
        } catch (UncheckedIOException e) {
            throw LakeFailures.disk("Appending to " + table.name(), e);
        }
    }
}
