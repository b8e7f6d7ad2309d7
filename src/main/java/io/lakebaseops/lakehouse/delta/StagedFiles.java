package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Files that were written but not yet committed. They are nobody's until a commit names them.
final class StagedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

    private final DeltaTable table;
    private final List<DataFileStatus> written = new ArrayList<>();

    StagedFiles(DeltaTable table) {
        this.table = table;
    }

    /// Writes one partition's rows and returns the log entries that would add them.
    List<Row> append(Row state, RowBatches.Part part) throws IOException {
        var engine = table.engine();
        var context = Transaction.getWriteContext(engine, state, part.partition());
        var physical =
                Transaction.transformLogicalData(
                        engine,
                        state,
                        KernelInternals.closeable(List.of(part.rows()).iterator()),
                        part.partition());
        var files = write(context.getTargetDirectory(), physical, context.getStatisticsColumns());
        var actions = new ArrayList<Row>();
        try (var rows =
                Transaction.generateAppendActions(
                        engine, state, KernelInternals.closeable(files.iterator()), context)) {
            rows.forEachRemaining(actions::add);
        }
        return actions;
    }

    /// Writes batches of physical columns into a directory.
    List<DataFileStatus> write(
            String directory,
            CloseableIterator<FilteredColumnarBatch> batches,
            List<Column> statistics)
            throws IOException {
        var files = new ArrayList<DataFileStatus>();
        try (var out =
                table.engine()
                        .getParquetHandler()
                        .writeParquetFiles(directory, batches, statistics)) {
            while (out.hasNext()) {
                var file = out.next();
                written.add(file);
                files.add(file);
            }
        }
        return files;
    }

    /// Deletes what no commit took; a file that cannot be deleted now falls to the orphan sweep.
    void discard() {
        for (var file : written) {
            try {
                Files.deleteIfExists(LocalFiles.path(file.getPath()));
            } catch (IOException e) {
                LOG.warn("{} stays behind until maintenance: {}", file.getPath(), e.toString());
            }
        }
        written.clear();
    }
}
