package io.lakebaseops.lakehouse;

import io.lakebaseops.lakehouse.ColumnType.Plain;

/// A column of a Delta table with its meaning.
///
/// @param comment meaning and unit in words; stored in the table, so other readers see it too
public record ColumnDef(String name, ColumnType type, boolean nullable, String comment) {
    public ColumnDef {
        // Without column mapping these characters are not allowed in Delta column names.
        if (name.isBlank() || name.matches(".*[ ,;{}()\n\t=].*")) {
            throw new IllegalArgumentException("Not a Delta column name: '" + name + "'");
        }
    }

    public static ColumnDef text(String name, String comment) {
        return new ColumnDef(name, Plain.TEXT, true, comment);
    }

    public static ColumnDef count(String name, String comment) {
        return new ColumnDef(name, Plain.LONG, true, comment);
    }

    public static ColumnDef real(String name, String comment) {
        return new ColumnDef(name, Plain.DOUBLE, true, comment);
    }

    /// Money and what it is paid for: 20 digits before the point, 18 behind.
    public static ColumnDef exact(String name, String comment) {
        return new ColumnDef(name, new ColumnType.Decimal(38, 18), true, comment);
    }

    public static ColumnDef flag(String name, String comment) {
        return new ColumnDef(name, Plain.BOOLEAN, true, comment);
    }

    public static ColumnDef moment(String name, String comment) {
        return new ColumnDef(name, Plain.TIMESTAMP, true, comment);
    }

    public static ColumnDef day(String name, String comment) {
        return new ColumnDef(name, Plain.DATE, true, comment);
    }

    /// The same column, never null.
    public ColumnDef required() {
        return new ColumnDef(name, type, false, comment);
    }

    /// The same column as an existing table can take it on: older rows have no value for it.
    public ColumnDef optional() {
        return new ColumnDef(name, type, true, comment);
    }
}
