package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// Moves the rows worth keeping from several files to one, in one commit.
final class FileRewrite {
    private static final int ATTEMPTS = 20;

    private final DeltaTable table;
    private final DeltaRewrite log;
    private final Deadline deadline;

    /// @param deadline its cancellation stops a rewrite; its end does not, or one that takes longer
    ///     would never be done
    FileRewrite(DeltaTable table, Clock clock, Deadline deadline) {
        this.table = table;
        this.log = new DeltaRewrite(table, clock);
        this.deadline = deadline;
    }

    /// What becomes of some files.
    ///
    /// @param dropped go without being read
    /// @param merged are read and written anew
    /// @param cutoff rows recorded before are left out; null keeps all
    /// @param leaving rows that are left out whatever their age; null for none
    /// @param note the commit's, without figures
    record Work(
            Map<String, @Nullable String> partition,
            List<LiveFile> dropped,
            List<LiveFile> merged,
            @Nullable Instant cutoff,
            @Nullable Leaving leaving,
            CommitNote note) {

        Work(
                Map<String, @Nullable String> partition,
                List<LiveFile> dropped,
                List<LiveFile> merged,
                @Nullable Instant cutoff,
                CommitNote note) {
            this(partition, dropped, merged, cutoff, null, note);
        }

        Work {
            dropped = List.copyOf(dropped);
            merged = List.copyOf(merged);
        }

        Set<Path> paths() {
            var paths = new HashSet<Path>();
            dropped.forEach(f -> paths.add(f.path()));
            merged.forEach(f -> paths.add(f.path()));
            return paths;
        }
    }

    /// Rows told by the value of a text column.
    record Leaving(String column, Set<String> values) {}

    record Done(long rowsExpired, int filesReplaced, int filesWritten) {}

    /// Empty when the planned files are no longer what the table consists of.
    Optional<Done> carryOut(Snapshot base, Work work) throws IOException {
        var staged = new StagedFiles(table);
        boolean kept = false;
        try {
            var counter = new RowCounter(work.cutoff(), work.leaving());
            var added = write(base, work, staged, counter);
            long expired =
                    counter.dropped
                            + work.dropped().stream().mapToLong(f -> Math.max(0, f.rows())).sum();
            if (isIdle(work, expired)) {
                return Optional.of(new Done(0, 0, 0));
            }
            var removed = new ArrayList<>(work.dropped());
            removed.addAll(work.merged());
            var note =
                    work.note()
                            .with("numRemovedFiles", removed.size())
                            .with("numAddedFiles", added.size())
                            .with("numDeletedRows", expired)
                            .with("numAddedBytes", staged.bytes())
                            .with(
                                    "numRemovedBytes",
                                    removed.stream().mapToLong(LiveFile::bytes).sum());
            boolean dataChange = expired > 0 || !work.dropped().isEmpty();
            var current = base;
            for (int i = 0; i < ATTEMPTS && fits(current, base, work); i++) {
                // From here on the commit may have happened, whatever is thrown.
                kept = true;
                if (log.replace(current, removed, added, dataChange, note).isPresent()) {
                    return Optional.of(new Done(expired, work.merged().size(), added.size()));
                }
                kept = false;
                current = table.latest();
            }
            return Optional.empty();
        } finally {
            if (!kept) {
                staged.discard();
            }
        }
    }

    /// A file's bounds are cut to milliseconds, so one may only look as if it held expired rows.
    private static boolean isIdle(Work work, long expired) {
        return work.cutoff() != null
                && work.dropped().isEmpty()
                && expired == 0
                && work.merged().stream().allMatch(f -> f.earliest() != null);
    }

    private boolean fits(Snapshot current, Snapshot base, Work work) throws IOException {
        return current.getVersion() == base.getVersion()
                || LogTail.undisturbed(
                        table, base.getVersion(), current.getVersion(), work.paths());
    }

    private List<DeltaRewrite.NewFile> write(
            Snapshot base, Work work, StagedFiles staged, RowCounter counter) throws IOException {
        if (work.merged().isEmpty()) {
            return List.of();
        }
        var layout = new FileLayout(base);
        var partition = literals(base.getSchema(), work.partition());
        var context =
                Transaction.getWriteContext(
                        table.engine(),
                        log.begin(base).getTransactionState(table.engine()),
                        partition);
        var state =
                base.getScanBuilder()
                        .withReadSchema(layout.readSchema())
                        .build()
                        .getScanState(table.engine());
        try (var rows = new RowsOfFiles(work.merged().iterator(), file -> rows(state, file))) {
            return staged
                    .write(context, rows.map(read -> layout.toStored(counter.keep(read))))
                    .stream()
                    .map(file -> new DeltaRewrite.NewFile(file, partition))
                    .toList();
        }
    }

    /// Without the rows that a deletion vector takes out, under the table's column names.
    private CloseableIterator<FilteredColumnarBatch> rows(Row state, LiveFile file)
            throws IOException {
        var status = FileStatus.of(LocalFiles.location(file.path()), file.bytes(), 0);
        CloseableIterator<ColumnarBatch> read =
                table.engine()
                        .getParquetHandler()
                        .readParquetFiles(
                                KernelInternals.closeable(List.of(status).iterator()),
                                KernelInternals.fileSchema(state),
                                Optional.empty())
                        .map(FileReadResult::getData);
        return Scan.transformPhysicalData(table.engine(), state, file.logged().scanFile(), read);
    }

    static Map<String, Literal> literals(
            StructType schema, Map<String, @Nullable String> partition) {
        var literals = new HashMap<String, Literal>();
        partition.forEach(
                (name, value) -> {
                    var type = schema.get(name).getDataType();
                    literals.put(name, KernelInternals.partitionValue(type, value));
                });
        return literals;
    }

    /// Marks the rows that stay, and counts the others.
    private final class RowCounter {
        private final @Nullable Instant cutoff;
        private final @Nullable Leaving leaving;
        private long dropped;

        RowCounter(@Nullable Instant cutoff, @Nullable Leaving leaving) {
            this.cutoff = cutoff;
            this.leaving = leaving;
        }

        FilteredColumnarBatch keep(FilteredColumnarBatch rows) {
            if (deadline.cancelled()) {
                throw new OpsException(
                        OpsException.Kind.CANCELLED,
                        "Merging files of " + table.name(),
                        "cancelled",
                        "run it again when ready");
            }
            var batch = rows.getData();
            if (leaving != null) {
                var column = batch.getColumnVector(batch.getSchema().indexOf(leaving.column()));
                return kept(
                        rows,
                        row ->
                                column.isNullAt(row)
                                        || !leaving.values().contains(column.getString(row)));
            }
            int at = batch.getSchema().indexOf(TableDef.RECORDED_AT);
            if (cutoff == null || at < 0) {
                return rows;
            }
            long from = DeltaValueConverter.micros(cutoff);
            var recorded = batch.getColumnVector(at);
            return kept(rows, row -> recorded.isNullAt(row) || recorded.getLong(row) >= from);
        }

        private FilteredColumnarBatch kept(FilteredColumnarBatch rows, IntPredicate wanted) {
            var batch = rows.getData();
            var present = rows.getSelectionVector();
            var keep = new @Nullable Object[batch.getSize()];
            for (int row = 0; row < keep.length; row++) {
                int index = row;
                boolean there =
                        present.map(p -> !p.isNullAt(index) && p.getBoolean(index)).orElse(true);
                boolean stays = wanted.test(row);
                keep[row] = there && stays;
                dropped += there && !stays ? 1 : 0;
            }
            return new FilteredColumnarBatch(
                    batch, Optional.of(new CellVector(BooleanType.BOOLEAN, keep)));
        }
    }
}
