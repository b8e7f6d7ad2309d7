package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructType;

import java.util.ArrayList;
import java.util.List;

/// Rows as columns, the way Delta Kernel takes them.
record ColumnBatch(StructType schema, List<ColumnVector> columns, int size)
        implements ColumnarBatch {
    ColumnBatch {
        columns = List.copyOf(columns);
    }

    @Override
    public StructType getSchema() {
        return schema;
    }

    @Override
    public ColumnVector getColumnVector(int ordinal) {
        return columns.get(ordinal);
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public ColumnarBatch withDeletedColumnAt(int ordinal) {
        var names = new ArrayList<>(schema.fields());
        names.remove(ordinal);
        var left = new ArrayList<>(columns);
        left.remove(ordinal);
        return new ColumnBatch(new StructType(names), left, size);
    }

    @Override
    public ColumnarBatch withNewSchema(StructType newSchema) {
        return new ColumnBatch(newSchema, columns, size);
    }
}
