package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.RowSink;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Reads all rows of a partition from its data files, in their order, cell by cell.
final class BulkScan {
    private static final int ROWS_BETWEEN_LOOKS = 10_000;

    private final DeltaTable table;
    private final List<String> columns;
    private final RowSink into;
    private final Deadline deadline;

    BulkScan(DeltaTable table, List<String> columns, RowSink into, Deadline deadline) {
        this.table = table;
        this.columns = columns;
        this.into = into;
        this.deadline = deadline;
    }

    void read(Map<String, String> partition) {
        var snapshot = table.latestFor(Use.READ);
        var layout = new FileLayout(snapshot);
        var stored = columns.stream().map(c -> layout.stored(c).getName()).toList();
        for (var file : table.files(snapshot)) {
            if (file.partition().entrySet().containsAll(partition.entrySet())) {
                try {
                    read(file, stored);
                } catch (IOException e) {
                    throw LakeFailures.disk("Reading " + file.path(), e);
                }
            }
        }
    }

    private void read(LiveFile file, List<String> stored) throws IOException {
        var deleted = file.logged().deletedPositions(table.engine(), table.location());
        var options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (var reader = ParquetFileReader.open(new LocalInputFile(file.path()), options)) {
            var meta = reader.getFooter().getFileMetaData();
            var whole = meta.getSchema();
            var wanted =
                    new MessageType(
                            whole.getName(),
                            stored.stream()
                                    .filter(whole::containsField)
                                    .map(whole::getType)
                                    .toList());
            reader.setRequestedSchema(wanted);
            var position = new Position(deleted);
            for (var group = reader.readNextRowGroup();
                    group != null;
                    group = reader.readNextRowGroup()) {
                new Group(group, wanted, stored, meta.getCreatedBy()).handOver(position);
            }
        }
    }

    /// Where in the file the next row is, and which rows a deletion vector takes out.
    private static final class Position {
        private final long[] deleted;
        private int next;
        private long row;

        Position(long[] deleted) {
            this.deleted = deleted;
        }

        boolean isDeleted() {
            boolean gone = next < deleted.length && deleted[next] == row;
            next += gone ? 1 : 0;
            row++;
            return gone;
        }
    }

    /// The rows between two marks of a file, all columns side by side.
    private final class Group {
        private final @Nullable ColumnReader[] readers;
        private final PrimitiveTypeName[] kinds;
        private final int[] levels;
        private final long rows;

        Group(PageReadStore pages, MessageType wanted, List<String> stored, String createdBy) {
            var store = new ColumnReadStoreImpl(pages, new NoRecords(), wanted, createdBy);
            int count = wanted.getFieldCount();
            this.readers = new @Nullable ColumnReader[stored.size()];
            this.kinds = new PrimitiveTypeName[stored.size()];
            this.levels = new int[stored.size()];
            this.rows = pages.getRowCount();
            for (int i = 0; i < count; i++) {
                var column = wanted.getColumns().get(i);
                int at = stored.indexOf(column.getPath()[0]);
                readers[at] = store.getColumnReader(column);
                kinds[at] = column.getPrimitiveType().getPrimitiveTypeName();
                levels[at] = column.getMaxDefinitionLevel();
            }
        }

        void handOver(Position position) {
            for (long row = 0; row < rows; row++) {
                if (row % ROWS_BETWEEN_LOOKS == 0) {
                    deadline.check("Reading " + table.name());
                }
                boolean gone = position.isDeleted();
                for (int i = 0; i < readers.length; i++) {
                    var reader = readers[i];
                    if (reader == null) {
                        if (!gone) {
                            into.setNull(i);
                        }
                        continue;
                    }
                    if (!gone) {
                        cell(i, reader);
                    } else if (reader.getCurrentDefinitionLevel() == levels[i]) {
                        reader.skip();
                    }
                    reader.consume();
                }
                if (!gone) {
                    into.endRow();
                }
            }
        }

        private void cell(int at, ColumnReader reader) {
            if (reader.getCurrentDefinitionLevel() < levels[at]) {
                into.setNull(at);
                return;
            }
            switch (kinds[at]) {
                case INT32 -> into.setInt(at, reader.getInteger());
                case INT64 -> into.setLong(at, reader.getLong());
                case BOOLEAN -> into.setBoolean(at, reader.getBoolean());
                case FLOAT -> into.setFloat(at, reader.getFloat());
                case DOUBLE -> into.setDouble(at, reader.getDouble());
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                    var value = reader.getBinary().toByteBuffer();
                    if (value.hasArray()) {
                        into.setBytes(
                                at,
                                value.array(),
                                value.arrayOffset() + value.position(),
                                value.remaining());
                    } else {
                        var bytes = new byte[value.remaining()];
                        value.get(bytes);
                        into.setBytes(at, bytes, 0, bytes.length);
                    }
                }
            }
        }
    }

    /// Parquet asks for converters of records, which are not made here.
    private static final class NoRecords extends GroupConverter {
        private static final Converter NONE = new PrimitiveConverter() {};

        @Override
        public Converter getConverter(int field) {
            return NONE;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
