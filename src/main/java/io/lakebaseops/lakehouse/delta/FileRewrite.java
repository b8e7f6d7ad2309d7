package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.util.PartitionUtils;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Moves the rows worth keeping from many files to few, in one commit.
final class FileRewrite {
    private static final int ATTEMPTS = 20;

    private final DeltaTable table;
    private final DeltaRewrite log;
    private final StagedFiles staged;

    FileRewrite(DeltaTable table, Clock clock, StagedFiles staged) {
        this.table = table;
        this.log = new DeltaRewrite(table, clock);
        this.staged = staged;
    }

    record Done(long rowsExpired, int filesReplaced, int filesWritten) {
        static final Done NOTHING = new Done(0, 0, 0);
    }

    /// Empty when the planned files are no longer what the table consists of.
    Optional<Done> carryOut(Snapshot base, RewritePlan plan, Deadline deadline) throws IOException {
        var removed = new ArrayList<>(plan.expired());
        var added = new ArrayList<DeltaRewrite.NewFile>();
        var counter = new RowCounter(plan.cutoff(), deadline);
        var state =
                base.buildUpdateTableTransaction(LocalEngine.NAME, Operation.MANUAL_UPDATE)
                        .build(table.engine())
                        .getTransactionState(table.engine());
        for (var group : plan.groups()) {
            removed.addAll(group.inputs());
            added.addAll(write(base, state, group, counter));
        }
        long expired = counter.dropped + plan.expired().stream().mapToLong(LiveFile::rows).sum();
        boolean dataChange = expired > 0 || !plan.expired().isEmpty();
        var current = base;
        for (int attempt = 0; attempt < ATTEMPTS && fits(current, base, removed); attempt++) {
            if (log.replace(current, removed, added, dataChange).isPresent()) {
                int replaced = removed.size() - plan.expired().size();
                return Optional.of(new Done(expired, replaced, added.size()));
            }
            current = table.latest();
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // the very one it began with needs no look into files
    private boolean fits(Snapshot current, Snapshot base, List<LiveFile> removed) {
        if (current == base) {
            return true;
        }
        var live = table.files(current).stream().map(LiveFile::path).collect(Collectors.toSet());
        return current.getSchema().equals(base.getSchema())
                && removed.stream().map(LiveFile::path).allMatch(live::contains);
    }

    private List<DeltaRewrite.NewFile> write(
            Snapshot base, Row state, RewritePlan.Group group, RowCounter counter)
            throws IOException {
        var partition = literals(base.getSchema(), group.partition());
        var context = Transaction.getWriteContext(table.engine(), state, partition);
        var fields = new ArrayList<StructField>();
        for (var field : base.getSchema().fields()) {
            if (!partition.containsKey(field.getName())) {
                fields.add(field);
            }
        }
        var files =
                group.inputs().stream()
                        .map(f -> FileStatus.of(LocalFiles.location(f.path()), f.bytes(), 0))
                        .iterator();
        try (var batches =
                table.engine()
                        .getParquetHandler()
                        .readParquetFiles(
                                Utils.toCloseableIterator(files),
                                new StructType(fields),
                                Optional.empty())) {
            CloseableIterator<FilteredColumnarBatch> kept =
                    batches.map(read -> counter.keep(read.getData()));
            return staged
                    .write(context.getTargetDirectory(), kept, context.getStatisticsColumns())
                    .stream()
                    .map(file -> new DeltaRewrite.NewFile(file, partition))
                    .toList();
        }
    }

    private static Map<String, Literal> literals(
            StructType schema, Map<String, @Nullable String> partition) {
        var literals = new HashMap<String, Literal>();
        partition.forEach(
                (name, value) -> {
                    var type = schema.get(name).getDataType();
                    literals.put(name, PartitionUtils.literalForPartitionValue(type, value));
                });
        return literals;
    }

    /// Marks the rows recorded at or after the cutoff, and counts the others.
    private static final class RowCounter {
        private final @Nullable Instant cutoff;
        private final Deadline deadline;
        private long dropped;

        RowCounter(@Nullable Instant cutoff, Deadline deadline) {
            this.cutoff = cutoff;
            this.deadline = deadline;
        }

        FilteredColumnarBatch keep(ColumnarBatch batch) {
            deadline.check("Merging files");
            int at = batch.getSchema().indexOf(TableDef.RECORDED_AT);
            if (cutoff == null || at < 0) {
                return new FilteredColumnarBatch(batch, Optional.empty());
            }
            long from = DeltaValueConverter.micros(cutoff);
            var recorded = batch.getColumnVector(at);
            var keep = new @Nullable Object[batch.getSize()];
            int gone = 0;
            for (int row = 0; row < keep.length; row++) {
                boolean young = recorded.isNullAt(row) || recorded.getLong(row) >= from;
                keep[row] = young;
                gone += young ? 0 : 1;
            }
            dropped += gone;
            return new FilteredColumnarBatch(
                    batch,
                    gone == 0
                            ? Optional.empty()
                            : Optional.of(new CellVector(BooleanType.BOOLEAN, keep)));
        }
    }
}
