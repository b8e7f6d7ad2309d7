package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Removes files from a table and adds columns to it.
///
/// Nothing here is retried by Kernel: it would not see that someone else removed the same files.
/// An empty result means another commit came first and the caller has to look again.
final class DeltaRewrite {
    private final DeltaTable table;
    private final Clock clock;

    DeltaRewrite(DeltaTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /// A file written for a partition, to be added.
    ///
    /// @param tags what the log is to note of it
    record NewFile(DataFileStatus file, Map<String, Literal> partition, Map<String, String> tags) {
        NewFile(DataFileStatus file, Map<String, Literal> partition) {
            this(file, partition, Map.of());
        }
    }

    /// The transaction whose state tells where and how to write the new files.
    Transaction begin(Snapshot base) {
        return KernelInternals.transaction(base, Operation.MANUAL_UPDATE, null, clock);
    }

    /// @param dataChange false when the same rows merely move to other files
    OptionalLong replace(
            Snapshot base,
            List<LiveFile> removed,
            List<NewFile> added,
            boolean dataChange,
            CommitNote note) {
        var layout = new FileLayout(base);
        var actions = new ArrayList<Row>();
        for (var file : removed) {
            actions.add(file.logged().removal(dataChange, clock.millis()));
        }
        for (var file : added) {
            actions.add(
                    KernelInternals.addition(
                            base,
                            layout.stored(),
                            file.file(),
                            layout.logged(file.partition()),
                            dataChange,
                            file.tags()));
        }
        return commit(begin(base), actions, note);
    }

    /// With column mapping, Kernel gives the new columns their ids and stored names.
    OptionalLong changeSchema(Snapshot base, StructType schema, CommitNote note) {
        boolean mapped =
                base.getTableProperties()
                        .getOrDefault("delta.columnMapping.mode", "none")
                        .equals("name");
        var transaction =
                mapped
                        ? base.buildUpdateTableTransaction(
                                        LocalEngine.NAME, Operation.MANUAL_UPDATE)
                                .withUpdatedSchema(schema)
                                .withMaxRetries(0)
                                .build(table.engine())
                        : KernelInternals.transaction(base, Operation.MANUAL_UPDATE, schema, clock);
        return commit(transaction, List.of(), note);
    }

    private OptionalLong commit(Transaction transaction, List<Row> actions, CommitNote note) {
        note.attach(transaction);
        try {
            var result =
                    transaction.commit(
                            table.engine(),
                            CloseableIterable.inMemoryIterable(
                                    KernelInternals.closeable(actions.iterator())));
            return OptionalLong.of(table.committed(result));
        } catch (MaxCommitRetryLimitReachedException | ConcurrentWriteException _) {
            table.forget();
            return OptionalLong.empty();
        }
    }
}
