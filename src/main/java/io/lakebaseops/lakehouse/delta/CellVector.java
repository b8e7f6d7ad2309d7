package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Objects;

/// One column of rows about to be written, as Delta Kernel reads it; values as
/// `DeltaValueConverter` made them.
record CellVector(DataType type, @Nullable Object[] values) implements ColumnVector {
    @Override
    public DataType getDataType() {
        return type;
    }

    @Override
    public int getSize() {
        return values.length;
    }

    @Override
    public void close() {}

    @Override
    public boolean isNullAt(int row) {
        return values[row] == null;
    }

    private Object value(int row) {
        return Objects.requireNonNull(values[row]);
    }

    @Override
    public boolean getBoolean(int row) {
        return (Boolean) value(row);
    }

    @Override
    public int getInt(int row) {
        return (Integer) value(row);
    }

    @Override
    public long getLong(int row) {
        return (Long) value(row);
    }

    @Override
    public float getFloat(int row) {
        return (Float) value(row);
    }

    @Override
    public double getDouble(int row) {
        return (Double) value(row);
    }

    @Override
    public String getString(int row) {
        return (String) value(row);
    }

    @Override
    public byte[] getBinary(int row) {
        return (byte[]) value(row);
    }

    @Override
    public BigDecimal getDecimal(int row) {
        return (BigDecimal) value(row);
    }

    /// Columns of nested types are others', and stay empty in rows of ours.
    @Override
    public ColumnVector getChild(int ordinal) {
        if (type instanceof StructType struct) {
            return new CellVector(
                    struct.at(ordinal).getDataType(), new @Nullable Object[getSize()]);
        }
        throw new IllegalStateException(type + " has no children");
    }
}
