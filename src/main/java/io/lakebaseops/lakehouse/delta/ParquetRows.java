package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.types.StructType;
import io.lakebaseops.lakehouse.RowSink;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A Parquet file in the making, whose cells go straight to their columns: no record is assembled
/// in between, which is most of the time the usual writer takes.
final class ParquetRows implements RowSink, AutoCloseable {
    /// Cells of a row group before they are encoded: what is in memory at most, and what a reader
    /// reads together.
    private static final long GROUP_BYTES = 64L << 20;

    private static final ParquetProperties PROPERTIES =
            ParquetProperties.builder()
                    .withWriterVersion(WriterVersion.PARQUET_1_0)
                    .withAllocator(HeapByteBufferAllocator.getInstance())
                    .withSizeStatisticsEnabled(false)
                    // A column of more values than this gains nothing from a dictionary, and
                    // looking every value up would cost more than all the rest.
                    .withDictionaryPageSize(1 << 16)
                    .build();

    private final MessageType schema;
    private final ParquetFileWriter file;
    private final int[] places;
    private final PrimitiveTypeName[] kinds;
    private final int[] levels;
    private final int[] absent;
    private final ColumnWriter[] writers;
    private ColumnWriteStore columns;
    private ColumnChunkPageWriteStore pages;
    private long rows;
    private long rowsOfGroup;
    private long bytesOfGroup;
    private boolean ended;

    /// @param stored columns under their stored names
    /// @param given which of them the sink's columns are
    ParquetRows(OutputFile out, StructType stored, List<String> given) throws IOException {
        this.schema = ParquetLayout.of(stored);
        int all = schema.getColumns().size();
        this.places = given.stream().mapToInt(schema::getFieldIndex).toArray();
        this.kinds = new PrimitiveTypeName[all];
        this.levels = new int[all];
        this.writers = new ColumnWriter[all];
        var rest = new boolean[all];
        Arrays.fill(rest, true);
        for (int place : places) {
            rest[place] = false;
        }
        this.absent = new int[all - places.length];
        for (int i = 0, n = 0; i < all; i++) {
            var column = schema.getColumns().get(i);
            kinds[i] = column.getPrimitiveType().getPrimitiveTypeName();
            levels[i] = column.getMaxDefinitionLevel();
            if (rest[i]) {
                absent[n++] = i;
            }
        }
        this.file =
                new ParquetFileWriter(
                        new Target(out),
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        ParquetWriter.DEFAULT_BLOCK_SIZE,
                        0,
                        ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                        ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                        true);
        file.start();
        this.pages = pages();
        this.columns = begin();
    }

    private ColumnChunkPageWriteStore pages() {
        return new ColumnChunkPageWriteStore(
                SnappyPages.INSTANCE,
                schema,
                PROPERTIES.getAllocator(),
                PROPERTIES.getColumnIndexTruncateLength());
    }

    private ColumnWriteStore begin() {
        var store = PROPERTIES.newColumnWriteStore(schema, pages, pages);
        for (int i = 0; i < writers.length; i++) {
            writers[i] = store.getColumnWriter(schema.getColumns().get(i));
        }
        rowsOfGroup = 0;
        bytesOfGroup = 0;
        return store;
    }

    long rows() {
        return rows;
    }

    @Override
    public void setNull(int column) {
        writers[places[column]].writeNull(0, 0);
    }

    @Override
    public void setBoolean(int column, boolean value) {
        int at = places[column];
        writers[at].write(value, 0, levels[at]);
    }

    @Override
    public void setInt(int column, int value) {
        int at = places[column];
        if (kinds[at] == PrimitiveTypeName.INT64) {
            writers[at].write((long) value, 0, levels[at]);
        } else {
            writers[at].write(value, 0, levels[at]);
        }
    }

    @Override
    public void setLong(int column, long value) {
        int at = places[column];
        if (kinds[at] == PrimitiveTypeName.INT32) {
            writers[at].write(Math.toIntExact(value), 0, levels[at]);
        } else {
            writers[at].write(value, 0, levels[at]);
        }
    }

    @Override
    public void setFloat(int column, float value) {
        int at = places[column];
        if (kinds[at] == PrimitiveTypeName.DOUBLE) {
            writers[at].write((double) value, 0, levels[at]);
        } else {
            writers[at].write(value, 0, levels[at]);
        }
    }

    @Override
    public void setDouble(int column, double value) {
        int at = places[column];
        writers[at].write(value, 0, levels[at]);
    }

    @Override
    public void setBytes(int column, byte[] bytes, int from, int length) {
        int at = places[column];
        var value =
                kinds[at] == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                        ? fixed(at, bytes, from, length)
                        : Binary.fromConstantByteArray(bytes, from, length);
        writers[at].write(value, 0, levels[at]);
        bytesOfGroup += length;
    }

    /// The number in as many bytes as the column has.
    private Binary fixed(int at, byte[] bytes, int from, int length) {
        var wide = new byte[schema.getColumns().get(at).getPrimitiveType().getTypeLength()];
        int pad = wide.length - length;
        Arrays.fill(wide, 0, pad, (byte) (bytes[from] < 0 ? -1 : 0));
        System.arraycopy(bytes, from, wide, pad, length);
        return Binary.fromConstantByteArray(wide);
    }

    @Override
    public void endRow() {
        for (int at : absent) {
            if (levels[at] > 0) {
                writers[at].writeNull(0, 0);
            } else {
                writers[at].write(Binary.EMPTY, 0, 0);
            }
        }
        columns.endRecord();
        rows++;
        rowsOfGroup++;
        bytesOfGroup += (long) Long.BYTES * writers.length;
        if (bytesOfGroup > GROUP_BYTES) {
            try {
                endGroup();
                pages = pages();
                columns = begin();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void endGroup() throws IOException {
        if (rowsOfGroup > 0) {
            file.startBlock(rowsOfGroup);
            columns.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        columns.close();
        pages.close();
    }

    /// Writes what is left; the file has its name from then on.
    void finish() throws IOException {
        endGroup();
        file.end(Map.of());
        ended = true;
        file.close();
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            columns.close();
            pages.close();
            file.close();
        }
    }

    /// A file of ours, as Parquet wants it.
    private record Target(OutputFile out) implements org.apache.parquet.io.OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) throws IOException {
            return new Stream(out.create(true));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
            return new Stream(out.create(false));
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Stream extends PositionOutputStream {
        private final io.delta.kernel.defaults.engine.fileio.PositionOutputStream out;

        Stream(io.delta.kernel.defaults.engine.fileio.PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
