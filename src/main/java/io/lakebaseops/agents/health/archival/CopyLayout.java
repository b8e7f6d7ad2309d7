package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.lakehouse.ColumnType.Decimal;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where the columns of an order stand in a row of a binary COPY: those of a known form first, then
/// the text of a row of all others.
final class CopyLayout {
    static final int NULL = -1;

    /// Between PostgreSQL's beginning of time, 2000, and Delta's, 1970.
    static final int DAYS = 10_957;

    static final long MICROS = DAYS * 86_400_000_000L;

    /// Delta's readers agree on these years.
    static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private static final int SMALL = 24;

    final List<Column> columns;
    final @Nullable WireForm[] forms;

    /// Field of the row by column; of a column without a form its place among those.
    final int[] places;

    final int[] scales;
    final int[] precisions;
    final int fields;
    final int texts;
    private final int[] keys;

    CopyLayout(ArchiveOrder order) {
        this.columns = order.columns();
        int count = columns.size();
        this.forms = new @Nullable WireForm[count];
        this.places = new int[count];
        this.scales = new int[count];
        this.precisions = new int[count];
        int known = 0;
        int others = 0;
        for (int i = 0; i < count; i++) {
            var column = columns.get(i);
            forms[i] = WireForm.of(column);
            places[i] = forms[i] == null ? others++ : known++;
            if (CellConverter.type(column.storedAs())
                    instanceof Decimal(int precision, int scale)) {
                precisions[i] = precision;
                scales[i] = scale;
            }
        }
        this.fields = known;
        this.texts = others;
        this.keys = order.keys().stream().mapToInt(this::index).toArray();
    }

    private int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("No column " + name);
    }

    /// A row of COPY: its bytes, and where each field lies in them.
    ///
    /// @param cells of the columns without a form
    record Fields(byte[] bytes, int[] from, int[] length, List<@Nullable String> cells) {}

    /// Text of the row's primary key, as the server writes a row.
    byte[] key(Fields row) {
        var form = forms[keys[0]];
        if (keys.length == 1 && form != null && form.isWhole()) {
            return whole(whole(form, row, places[keys[0]]));
        }
        var key = new ArrayList<@Nullable String>();
        for (int at : keys) {
            key.add(text(at, row));
        }
        return ColdRow.textOf(key).getBytes(StandardCharsets.UTF_8);
    }

    /// `(123)`
    private static byte[] whole(long value) {
        if (value < 0) {
            return ("(" + value + ")").getBytes(StandardCharsets.US_ASCII);
        }
        var scratch = new byte[SMALL];
        int at = SMALL;
        scratch[--at] = ')';
        long rest = value;
        do {
            scratch[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        scratch[--at] = '(';
        return java.util.Arrays.copyOfRange(scratch, at, SMALL);
    }

    private static long whole(WireForm form, Fields row, int place) {
        int from = row.from()[place];
        return switch (form) {
            case INT2 -> WireBytes.int2(row.bytes(), from);
            case INT4 -> WireBytes.int4(row.bytes(), from);
            default -> WireBytes.int8(row.bytes(), from);
        };
    }

    private @Nullable String text(int column, Fields row) {
        var form = forms[column];
        int place = places[column];
        if (form == null) {
            return row.cells().get(place);
        }
        int from = row.from()[place];
        int length = row.length()[place];
        if (length == NULL) {
            return null;
        }
        var bytes = row.bytes();
        Object value =
                switch (form) {
                    case INT2, INT4, INT8 -> whole(form, row, place);
                    case FLOAT4 -> Float.intBitsToFloat(WireBytes.int4(bytes, from));
                    case FLOAT8 -> Double.longBitsToDouble(WireBytes.int8(bytes, from));
                    case BOOL -> bytes[from] != 0;
                    case DATE -> LocalDate.ofEpochDay((long) WireBytes.int4(bytes, from) + DAYS);
                    case TIMESTAMPTZ -> moment(WireBytes.int8(bytes, from) + MICROS);
                    case BYTEA -> java.util.Arrays.copyOfRange(bytes, from, from + length);
                    case NUMERIC -> NumericWire.decimal(bytes, from, scales[column]);
                    case TEXT -> new String(bytes, from, length, StandardCharsets.UTF_8);
                };
        return CellConverter.text(columns.get(column), value);
    }

    static Instant moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    OpsException unfit(int column, String why) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Archiving column " + columns.get(column).name(),
                "a value has no place in Delta's %s: %s"
                        .formatted(columns.get(column).storedAs().toLowerCase(Locale.ROOT), why),
                "undo this archival and plan it again: the column is then kept as text");
    }
}
