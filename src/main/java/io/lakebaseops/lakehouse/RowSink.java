package io.lakebaseops.lakehouse;

/// Takes rows cell by cell, without an object per value. Every column of a row is given once
/// before the row ends.
public interface RowSink {
    void setNull(int column);

    void setBoolean(int column, boolean value);

    /// A whole number, or the days of a date since 1970.
    void setInt(int column, int value);

    /// A whole number, the microseconds of a moment since 1970, or the digits of a decimal of up to
    /// 18.
    void setLong(int column, long value);

    void setFloat(int column, float value);

    void setDouble(int column, double value);

    /// UTF-8 of a text, bytes, or the digits of a decimal of more than 18 as a two's complement.
    /// They must stay as they are until the rows are stored.
    void setBytes(int column, byte[] bytes, int from, int length);

    void endRow();
}
