package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.ColumnType.Decimal;
import io.lakebaseops.lakehouse.ColumnType.Plain;
import io.lakebaseops.lakehouse.RowSink;
import io.lakebaseops.postgres.CopiedRows;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;

/// Rows of an archive turned back into rows of a binary COPY, byte for byte as the server sent them
/// if the archive holds what it should.
final class CopyEncoder implements RowSink {
    private static final int FIELD_COUNT = 2;

    private final CopyLayout layout;
    private final CopiedRows rows;
    private final int[] from;
    private final int[] length;
    private final @Nullable String[] cells;
    private byte[] row = new byte[1 << 12];
    private int size = FIELD_COUNT;
    private byte[] key = new byte[0];

    CopyEncoder(CopyLayout layout, CopiedRows rows) {
        this.layout = layout;
        this.rows = rows;
        this.from = new int[layout.fields];
        this.length = new int[layout.fields];
        this.cells = new @Nullable String[layout.texts];
    }

    /// Room for a field, with its length written.
    private int field(int column, int bytes) {
        room(Integer.BYTES + Math.max(0, bytes));
        WireBytes.int4(row, size, bytes);
        int at = size + Integer.BYTES;
        from[layout.places[column]] = at;
        length[layout.places[column]] = bytes;
        size = at + Math.max(0, bytes);
        return at;
    }

    private void room(int bytes) {
        if (size + bytes > row.length) {
            row = Arrays.copyOf(row, Math.max(size + bytes, 2 * row.length));
        }
    }

    @Override
    public void setNull(int column) {
        if (layout.forms[column] == null) {
            cells[layout.places[column]] = null;
        } else {
            field(column, CopyLayout.NULL);
        }
    }

    @Override
    public void setBoolean(int column, boolean value) {
        if (layout.forms[column] == null) {
            cell(column, value);
        } else {
            int at = field(column, 1);
            row[at] = (byte) (value ? 1 : 0);
        }
    }

    @Override
    public void setInt(int column, int value) {
        setLong(column, value);
    }

    @Override
    public void setLong(int column, long value) {
        switch (layout.forms[column]) {
            case INT2 -> {
                int at = field(column, Short.BYTES);
                WireBytes.int2(row, at, (int) value);
            }
            case INT4 -> {
                int at = field(column, Integer.BYTES);
                WireBytes.int4(row, at, (int) value);
            }
            case DATE -> {
                int at = field(column, Integer.BYTES);
                WireBytes.int4(row, at, (int) (value - CopyLayout.DAYS));
            }
            case INT8 -> {
                int at = field(column, Long.BYTES);
                WireBytes.int8(row, at, value);
            }
            case TIMESTAMPTZ -> {
                int at = field(column, Long.BYTES);
                WireBytes.int8(row, at, value - CopyLayout.MICROS);
            }
            case NUMERIC -> {
                room(Integer.BYTES + NumericWire.MOST_BYTES);
                int bytes =
                        NumericWire.write(
                                row,
                                size + Integer.BYTES,
                                value,
                                layout.precisions[column],
                                layout.scales[column]);
                field(column, bytes);
            }
            case null -> cell(column, typed(column, value));
            default -> throw unexpected(column);
        }
    }

    /// A whole number of the archive, as the type of its column.
    private Object typed(int column, long value) {
        return switch (CellConverter.type(layout.columns.get(column).storedAs())) {
            case Decimal(_, int scale) -> BigDecimal.valueOf(value, scale);
            case Plain plain ->
                    switch (plain) {
                        case DATE -> LocalDate.ofEpochDay(value);
                        case TIMESTAMP -> CopyLayout.moment(value);
                        default -> value;
                    };
        };
    }

    @Override
    public void setFloat(int column, float value) {
        switch (layout.forms[column]) {
            case FLOAT4 -> {
                int at = field(column, Float.BYTES);
                WireBytes.int4(row, at, Float.floatToRawIntBits(value));
            }
            case null -> cell(column, value);
            default -> throw unexpected(column);
        }
    }

    @Override
    public void setDouble(int column, double value) {
        switch (layout.forms[column]) {
            case FLOAT4 -> setFloat(column, (float) value);
            case FLOAT8 -> {
                int at = field(column, Double.BYTES);
                WireBytes.int8(row, at, Double.doubleToRawLongBits(value));
            }
            case null -> cell(column, value);
            default -> throw unexpected(column);
        }
    }

    @Override
    public void setBytes(int column, byte[] bytes, int start, int count) {
        if (column == layout.columns.size()) {
            key = Arrays.copyOfRange(bytes, start, start + count);
            return;
        }
        switch (layout.forms[column]) {
            case TEXT, BYTEA -> {
                int at = field(column, count);
                System.arraycopy(bytes, start, row, at, count);
            }
            case NUMERIC -> {
                room(Integer.BYTES + NumericWire.MOST_BYTES);
                var value = new BigInteger(bytes, start, count);
                field(
                        column,
                        NumericWire.write(row, size + Integer.BYTES, value, layout.scales[column]));
            }
            case null -> cell(column, other(column, bytes, start, count));
            default -> throw unexpected(column);
        }
    }

    private Object other(int column, byte[] bytes, int start, int count) {
        return switch (CellConverter.type(layout.columns.get(column).storedAs())) {
            case Decimal(_, int scale) ->
                    new BigDecimal(new BigInteger(bytes, start, count), scale);
            case Plain plain ->
                    plain == Plain.BINARY
                            ? Arrays.copyOfRange(bytes, start, start + count)
                            : new String(bytes, start, count, StandardCharsets.UTF_8);
        };
    }

    private void cell(int column, Object value) {
        cells[layout.places[column]] = CellConverter.text(layout.columns.get(column), value);
    }

    @Override
    public void endRow() {
        if (layout.texts > 0) {
            var text =
                    ColdRow.textOf(Collections.unmodifiableList(Arrays.asList(cells)))
                            .getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + text.length);
            WireBytes.int4(row, size, text.length);
            System.arraycopy(text, 0, row, size + Integer.BYTES, text.length);
            size += Integer.BYTES + text.length;
        }
        WireBytes.int2(row, 0, layout.fields + (layout.texts > 0 ? 1 : 0));
        var fields =
                new CopyLayout.Fields(
                        row, from, length, Collections.unmodifiableList(Arrays.asList(cells)));
        if (!Arrays.equals(key, layout.key(fields))) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Reading back row " + new String(key, StandardCharsets.UTF_8),
                    "its key reads back from the archive otherwise than it was written",
                    "undo this archival, and report the types of the table's columns");
        }
        rows.row(row, 0, size);
        size = FIELD_COUNT;
    }

    private OpsException unexpected(int column) {
        return layout.unfit(column, "the archive holds another type");
    }
}
