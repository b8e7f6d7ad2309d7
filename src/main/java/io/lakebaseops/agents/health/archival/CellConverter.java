package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.lakehouse.ColumnType;
import io.lakebaseops.lakehouse.ColumnType.Decimal;
import io.lakebaseops.lakehouse.ColumnType.Plain;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// Values between PostgreSQL's text (ISO dates in UTC, hexadecimal bytea) and their type in the
/// archive, there and back to the same characters.
final class CellConverter {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .appendOffset("+HH", "+00")
                    .toFormatter(Locale.ROOT);

    private CellConverter() {}

    /// As [ColumnType#label()] writes it.
    static ColumnType type(String label) {
        var decimal = DECIMAL.matcher(label);
        return decimal.matches()
                ? new Decimal(
                        Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)))
                : Plain.valueOf(label.toUpperCase(Locale.ROOT));
    }

    static @Nullable Object stored(Column column, @Nullable String cell) {
        if (cell == null) {
            return null;
        }
        try {
            return switch (type(column.storedAs())) {
                case Decimal(_, int scale) -> new BigDecimal(cell).setScale(scale);
                case Plain plain ->
                        switch (plain) {
                            case TEXT -> cell;
                            case INT -> Integer.valueOf(cell);
                            case LONG -> Long.valueOf(cell);
                            case FLOAT -> Float.valueOf(cell);
                            case DOUBLE -> Double.valueOf(cell);
                            case BOOLEAN -> cell.equals("t");
                            case DATE -> LocalDate.parse(cell);
                            case TIMESTAMP -> OffsetDateTime.parse(cell, MOMENT).toInstant();
                            case BINARY -> HexFormat.of().parseHex(cell, 2, cell.length());
                        };
            };
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Archiving column " + column.name(),
                    "a value has no place in Delta's %s: %s"
                            .formatted(column.storedAs(), e.getMessage()),
                    "undo this archival and plan it again: the column is then kept as text",
                    e);
        }
    }

    static @Nullable String text(Column column, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean b -> b ? "t" : "f";
            case BigDecimal d -> d.toPlainString();
            case Float f -> FloatText.of(f);
            case Double d ->
                    type(column.storedAs()) == Plain.FLOAT
                            ? FloatText.of(d.floatValue())
                            : FloatText.of(d);
            case Instant i -> MOMENT.format(i.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            default -> value.toString();
        };
    }
}
