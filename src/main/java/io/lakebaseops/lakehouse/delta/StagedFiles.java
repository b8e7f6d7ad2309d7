package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
    List<Row> append(Row state, FileLayout layout, RowBatches.Part part) throws IOException {
        var engine = table.engine();
        var context = Transaction.getWriteContext(engine, state, part.partition());
        var stored = List.of(layout.toStored(part.rows())).iterator();
        var files = write(context, KernelInternals.closeable(stored));
        var actions = new ArrayList<Row>();
        try (var rows =
                Transaction.generateAppendActions(
                        engine, state, KernelInternals.closeable(files.iterator()), context)) {
            rows.forEachRemaining(actions::add);
        }
        return actions;
    }

    /// Writes batches of stored columns into the directory of their partition.
    List<DataFileStatus> write(
            DataWriteContext context, CloseableIterator<FilteredColumnarBatch> batches)
            throws IOException {
        var files = new ArrayList<DataFileStatus>();
        // Kernel gives the directory percent-encoded, as a URI, and encodes it again for the log.
        var directory = LocalFiles.location(Path.of(URI.create(context.getTargetDirectory())));
        try (var out =
                table.engine()
                        .getParquetHandler()
                        .writeParquetFiles(directory, batches, context.getStatisticsColumns())) {
            while (out.hasNext()) {
                var file = out.next();
                written.add(file);
                files.add(file);
            }
        }
        return files;
    }

    long bytes() {
        return written.stream().mapToLong(DataFileStatus::getSize).sum();
    }

    int count() {
        return written.size();
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
