package io.lakebaseops.lakehouse;

import java.util.Locale;

/// Types of columns. Only types every Delta reader knows.
public sealed interface ColumnType {

    /// Types without parameters.
    enum Plain implements ColumnType {
        TEXT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        /// A day of the calendar, without a zone.
        DATE,
        /// A moment in UTC, to the microsecond.
        TIMESTAMP,
        BINARY
    }

    /// An exact number of `precision` digits, `scale` of them behind the point.
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "decimal(%d,%d) is outside 1..38".formatted(precision, scale));
            }
        }
    }

    /// As written in reports: `timestamp`, `decimal(20,4)`.
    default String label() {
        return switch (this) {
            case Plain plain -> plain.name().toLowerCase(Locale.ROOT);
            case Decimal(int precision, int scale) -> "decimal(%d,%d)".formatted(precision, scale);
        };
    }
}
