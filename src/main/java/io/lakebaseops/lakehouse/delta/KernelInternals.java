package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.util.ColumnMapping;
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
import java.util.Set;

/// The classes of Delta Kernel beyond its public interface, which (4.4.0) can only append.
///
/// Everything else in the product uses the public interface alone, so an upgrade of Kernel is felt
/// here and nowhere else; tests hold each method against what was written to disk.
final class KernelInternals {
    private KernelInternals() {}

    /// A file of the log, as `add` wrote it.
    ///
    /// @param scanFile what Kernel's reader of data files wants to be handed back
    record LoggedFile(Row scanFile, AddFile action) {
        /// Relative and percent-encoded, or absolute when the file was registered.
        String path() {
            return action.getPath();
        }

        long bytes() {
            return action.getSize();
        }

        /// Rows a deletion vector takes out of the file.
        long deletedRows() {
            return action.getDeletionVector()
                    .map(DeletionVectorDescriptor::getCardinality)
                    .orElse(0L);
        }

        /// Positions in the file of the rows that a deletion vector takes out.
        long[] deletedPositions(Engine engine, String table) {
            return action.getDeletionVector()
                    .map(v -> DeletionVectorUtils.loadNewDvAndBitmap(engine, table, v)._2.toArray())
                    .orElseGet(() -> new long[0]);
        }

        /// Where the deletion vector lies when it has a file of its own.
        Optional<String> vectorFile(String table) {
            return action.getDeletionVector()
                    .filter(DeletionVectorDescriptor::isOnDisk)
                    .map(v -> v.getAbsolutePath(table));
        }

        /// By stored name of the column. Null stands for a null of the partition column.
        Map<String, @Nullable String> partition() {
            return new LinkedHashMap<>(VectorUtils.toJavaMap(action.getPartitionValues()));
        }

        /// @param columns those asked for, under their stored names
        Optional<Statistics> statistics(StructType columns) {
            return action.getStats(columns)
                    .map(
                            s ->
                                    new Statistics(
                                            s.getNumRecords(), s.getMinValues(), s.getMaxValues()));
        }

        /// What the file's writer noted of it in the log; null when it noted nothing of that name.
        @Nullable String tag(String name) {
            return action.getTags()
                    .map(tags -> VectorUtils.<String, String>toJavaMap(tags).get(name))
                    .orElse(null);
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
                scanFile, new AddFile(scanFile.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
    }

    /// Where the deletion vector of a logged `add` or `remove` lies.
    static String vectorFile(String storageType, String pathOrInlined, String table) {
        return new DeletionVectorDescriptor(storageType, pathOrInlined, Optional.empty(), 0, 0)
                .getAbsolutePath(table);
    }

    /// What a table's protocol asks of its readers and writers.
    record Protocol(
            int reader, int writer, Set<String> readerFeatures, Set<String> writerFeatures) {}

    static Protocol protocol(Snapshot snapshot) {
        var protocol = ((SnapshotImpl) snapshot).getProtocol();
        return new Protocol(
                protocol.getMinReaderVersion(),
                protocol.getMinWriterVersion(),
                protocol.getReaderFeatures(),
                protocol.getWriterFeatures());
    }

    /// The columns as data files name them, with the field ids that column mapping asks for.
    static StructType storedSchema(Snapshot snapshot) {
        var mode = ColumnMapping.getColumnMappingMode(snapshot.getTableProperties());
        return ColumnMapping.convertToPhysicalSchema(
                snapshot.getSchema(), snapshot.getSchema(), mode);
    }

    /// The columns to read from data files for a scan.
    static StructType fileSchema(Row scanState) {
        return ScanStateRow.getPhysicalDataReadSchema(scanState);
    }

    /// @param stored columns under their stored names
    /// @param partition by stored name
    /// @param tags what the log is to note of the file
    static Row addition(
            Snapshot base,
            StructType stored,
            DataFileStatus file,
            Map<String, Literal> partition,
            boolean dataChange,
            Map<String, String> tags) {
        var entry =
                AddFile.convertDataFileStatus(
                        stored,
                        URI.create(base.getDataPath().toUri() + "/"),
                        file,
                        partition,
                        dataChange,
                        tags,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return SingleAction.createAddFileSingleAction(entry.toRow());
    }

    /// A transaction that may hold any action. Kernel retries nothing of it: it would not see that
    /// someone else removed the same files.
    ///
    /// @param schema the table's new one; null keeps it
    static Transaction transaction(
            Snapshot base, Operation operation, @Nullable StructType schema, Clock clock) {
        return new TransactionImpl(
                false,
                base.getDataPath(),
                Optional.of((SnapshotImpl) base),
                LocalEngine.NAME,
                operation,
                Optional.empty(),
                Optional.ofNullable(schema).map(s -> base.getMetadata().withNewSchema(s)),
                base.getCommitter(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                clock::millis);
    }

    /// Kernel's own way to commit to a table in a file system.
    static Committer committer() {
        return DefaultFileSystemManagedTableOnlyCommitter.INSTANCE;
    }

    /// A commit's first action with what a person wants to know of it; any other action as it is.
    static Row described(Row action, CommitMetadata commit, CommitNote note) {
        if (action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)) {
            return action;
        }
        var info = commit.getCommitInfo();
        return SingleAction.createCommitInfoSingleAction(
                new CommitInfo(
                                info.getInCommitTimestamp(),
                                info.getTimestamp(),
                                info.getEngineInfo(),
                                Optional.of(note.operation()),
                                note.parameters(),
                                Optional.of(note.blindAppend()),
                                info.getTxnId(),
                                note.metrics())
                        .toRow());
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
