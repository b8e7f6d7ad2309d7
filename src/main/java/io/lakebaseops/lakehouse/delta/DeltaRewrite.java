package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Removes files from a table and adds columns to it. The one place that uses classes of Delta
/// Kernel beyond its public interface, which (4.4.0) can only append.
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
            actions.add(
                    SingleAction.createRemoveFileSingleAction(
                            file.entry().toRemoveFileRow(dataChange, Optional.of(clock.millis()))));
        }
        var root = URI.create(base.getDataPath().toUri() + "/");
        for (var file : added) {
            var entry =
                    AddFile.convertDataFileStatus(
                            base.getSchema(),
                            root,
                            file.file(),
                            file.partition(),
                            dataChange,
                            Map.of(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            actions.add(SingleAction.createAddFileSingleAction(entry.toRow()));
        }
        return commit(transaction(base, Optional.empty()), actions);
    }

    OptionalLong changeSchema(Snapshot base, StructType schema) {
        var metadata = base.getMetadata().withNewSchema(schema);
        return commit(transaction(base, Optional.of(metadata)), List.of());
    }

    private TransactionImpl transaction(
            Snapshot base, Optional<io.delta.kernel.internal.actions.Metadata> metadata) {
        return new TransactionImpl(
                false,
                base.getDataPath(),
                Optional.of((SnapshotImpl) base),
                LocalEngine.NAME,
                Operation.MANUAL_UPDATE,
                Optional.empty(),
                metadata,
                base.getCommitter(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                clock::millis);
    }

    private OptionalLong commit(TransactionImpl transaction, List<Row> actions) {
        try {
            var result =
                    transaction.commit(
                            table.engine(),
                            CloseableIterable.inMemoryIterable(
                                    Utils.toCloseableIterator(actions.iterator())));
            return OptionalLong.of(table.committed(result));
        } catch (MaxCommitRetryLimitReachedException | ConcurrentWriteException _) {
            table.forget();
            return OptionalLong.empty();
        }
    }
}
