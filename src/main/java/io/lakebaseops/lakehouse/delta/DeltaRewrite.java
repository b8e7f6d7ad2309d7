package io.lakebaseops.lakehouse.delta;

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
    record NewFile(DataFileStatus file, Map<String, Literal> partition) {}

    /// @param dataChange false when the same rows merely move to other files
    OptionalLong replace(
            Snapshot base, List<LiveFile> removed, List<NewFile> added, boolean dataChange) {
        var actions = new ArrayList<Row>();
        for (var file : removed) {
            actions.add(file.logged().removal(dataChange, clock.millis()));
        }
        for (var file : added) {
            actions.add(KernelInternals.addition(base, file.file(), file.partition(), dataChange));
        }
        return commit(KernelInternals.transaction(base, null, clock), actions);
    }

    OptionalLong changeSchema(Snapshot base, StructType schema) {
        return commit(KernelInternals.transaction(base, schema, clock), List.of());
    }

    private OptionalLong commit(Transaction transaction, List<Row> actions) {
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
