package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.lakehouse.RowSink;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Rows of a binary COPY on their way into an archive: each value in the column's type there, and
/// the key of the row as text behind all of them.
final class CopyDecoder {
    private static final int FIELD_COUNT = 2;

    private final CopyLayout layout;
    private final RowSink sink;
    private final int[] from;
    private final int[] length;

    CopyDecoder(CopyLayout layout, RowSink sink) {
        this.layout = layout;
        this.sink = sink;
        this.from = new int[layout.fields];
        this.length = new int[layout.fields];
    }

    /// @param start of the row's count of fields
    void row(byte[] bytes, int start) {
        int at = start + FIELD_COUNT;
        for (int i = 0; i < from.length; i++) {
            length[i] = WireBytes.int4(bytes, at);
            from[i] = at + Integer.BYTES;
            at = from[i] + Math.max(0, length[i]);
        }
        var cells = List.<@Nullable String>of();
        if (layout.texts > 0) {
            int size = WireBytes.int4(bytes, at);
            cells =
                    ColdRow.cellsOf(
                            new String(bytes, at + Integer.BYTES, size, StandardCharsets.UTF_8));
        }
        for (int i = 0; i < layout.columns.size(); i++) {
            var form = layout.forms[i];
            if (form == null) {
                cell(i, CellConverter.stored(layout.columns.get(i), cells.get(layout.places[i])));
            } else {
                field(i, form, bytes, layout.places[i]);
            }
        }
        var key = layout.key(new CopyLayout.Fields(bytes, from, length, cells));
        sink.setBytes(layout.columns.size(), key, 0, key.length);
        sink.endRow();
    }

    private void field(int column, WireForm form, byte[] bytes, int place) {
        int at = from[place];
        if (length[place] == CopyLayout.NULL) {
            sink.setNull(column);
            return;
        }
        switch (form) {
            case INT2 -> sink.setInt(column, WireBytes.int2(bytes, at));
            case INT4 -> sink.setInt(column, WireBytes.int4(bytes, at));
            case INT8 -> sink.setLong(column, WireBytes.int8(bytes, at));
            case FLOAT4 -> sink.setFloat(column, Float.intBitsToFloat(WireBytes.int4(bytes, at)));
            case FLOAT8 ->
                    sink.setDouble(column, Double.longBitsToDouble(WireBytes.int8(bytes, at)));
            case BOOL -> sink.setBoolean(column, bytes[at] != 0);
            case DATE -> date(column, WireBytes.int4(bytes, at));
            case TIMESTAMPTZ -> moment(column, WireBytes.int8(bytes, at));
            case BYTEA, TEXT -> sink.setBytes(column, bytes, at, length[place]);
            case NUMERIC -> numeric(column, bytes, at);
        }
    }

    private void date(int column, int days) {
        long day = (long) days + CopyLayout.DAYS;
        if (day < CopyLayout.FIRST_DAY || day > CopyLayout.LAST_DAY) {
            throw layout.unfit(column, "it is outside the years 1 to 9999");
        }
        sink.setInt(column, (int) day);
    }

    private void moment(int column, long micros) {
        // Infinity is the largest number, so the sum may not be taken first.
        long day = Math.floorDiv(micros, 86_400_000_000L) + CopyLayout.DAYS;
        if (day < CopyLayout.FIRST_DAY || day > CopyLayout.LAST_DAY) {
            throw layout.unfit(column, "it is outside the years 1 to 9999");
        }
        sink.setLong(column, micros + CopyLayout.MICROS);
    }

    private void numeric(int column, byte[] bytes, int at) {
        int scale = layout.scales[column];
        try {
            if (layout.precisions[column] <= NumericWire.LONG_DIGITS) {
                sink.setLong(column, NumericWire.unscaled(bytes, at, scale));
            } else {
                decimal(column, NumericWire.decimal(bytes, at, scale));
            }
        } catch (ArithmeticException e) {
            throw layout.unfit(column, String.valueOf(e.getMessage()));
        }
    }

    private void decimal(int column, BigDecimal value) {
        if (layout.precisions[column] <= NumericWire.LONG_DIGITS) {
            sink.setLong(column, value.unscaledValue().longValueExact());
        } else {
            bytes(column, value.unscaledValue().toByteArray());
        }
    }

    private void bytes(int column, byte[] bytes) {
        sink.setBytes(column, bytes, 0, bytes.length);
    }

    /// A value that came as text.
    private void cell(int column, @Nullable Object value) {
        switch (value) {
            case null -> sink.setNull(column);
            case String s -> bytes(column, s.getBytes(StandardCharsets.UTF_8));
            case Integer i -> sink.setInt(column, i);
            case Long l -> sink.setLong(column, l);
            case Float f -> sink.setFloat(column, f);
            case Double d -> sink.setDouble(column, d);
            case Boolean b -> sink.setBoolean(column, b);
            case LocalDate d -> sink.setInt(column, Math.toIntExact(d.toEpochDay()));
            case Instant i -> sink.setLong(column, ChronoUnit.MICROS.between(Instant.EPOCH, i));
            case BigDecimal d -> decimal(column, d);
            case byte[] b -> bytes(column, b);
            default -> throw new IllegalArgumentException("No cell: " + value.getClass());
        }
    }
}
