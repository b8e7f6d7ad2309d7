package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.PartitionUtils;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The classes of Delta Kernel beyond its public interface, which (4.4.0) can only append.
///
/// Everything else in the product uses the public interface alone, so an upgrade of Kernel is felt
/// here and nowhere else; tests hold each method against what was written to disk.
final class KernelInternals {
    private KernelInternals() {}

    /// A file of the log, as `add` wrote it.
    record LoggedFile(AddFile action) {
        /// Relative and percent-encoded, or absolute when the file was registered.
        String path() {
            return action.getPath();
        }

        long bytes() {
            return action.getSize();
        }

        /// Null stands for a null of the partition column.
        Map<String, @Nullable String> partition() {
            return new LinkedHashMap<>(VectorUtils.toJavaMap(action.getPartitionValues()));
        }

        Optional<Statistics> statistics(Snapshot snapshot) {
            return action.getStats(snapshot.getSchema())
                    .map(
                            s ->
                                    new Statistics(
                                            s.getNumRecords(), s.getMinValues(), s.getMaxValues()));
        }

        Row removal(boolean dataChange, long atMillis) {
            return SingleAction.createRemoveFileSingleAction(
                    action.toRemoveFileRow(dataChange, Optional.of(atMillis)));
        }
    }

    record Statistics(long rows, Map<Column, Literal> lowest, Map<Column, Literal> highest) {}

    /// @param scanFile a row of what a scan lists
    static LoggedFile loggedFile(Row scanFile) {
        return new LoggedFile(
                new AddFile(scanFile.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
    }

    static Row addition(
            Snapshot base,
            DataFileStatus file,
            Map<String, Literal> partition,
            boolean dataChange) {
        var entry =
                AddFile.convertDataFileStatus(
                        base.getSchema(),
                        URI.create(base.getDataPath().toUri() + "/"),
                        file,
                        partition,
                        dataChange,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return SingleAction.createAddFileSingleAction(entry.toRow());
    }

    /// A transaction that may hold any action. Kernel retries nothing of it: it would not see that
    /// someone else removed the same files.
    ///
    /// @param schema the table's new one; null keeps it
    static Transaction transaction(Snapshot base, @Nullable StructType schema, Clock clock) {
        return new TransactionImpl(
                false,
                base.getDataPath(),
                Optional.of((SnapshotImpl) base),
                LocalEngine.NAME,
                Operation.MANUAL_UPDATE,
                Optional.empty(),
                Optional.ofNullable(schema).map(s -> base.getMetadata().withNewSchema(s)),
                base.getCommitter(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                clock::millis);
    }

    /// Version of the newest checkpoint the snapshot was read from; -1 for none.
    static long lastCheckpoint(Snapshot snapshot) {
        return snapshot.getLogSegment().getCheckpointVersionOpt().orElse(-1L);
    }

    /// A partition's value as the log writes it.
    static Literal partitionValue(DataType type, @Nullable String logged) {
        return PartitionUtils.literalForPartitionValue(type, logged);
    }

    static <T> CloseableIterator<T> closeable(Iterator<T> values) {
        return Utils.toCloseableIterator(values);
    }
}
