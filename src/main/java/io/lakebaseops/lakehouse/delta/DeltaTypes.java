package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.ColumnType;
import io.lakebaseops.lakehouse.ColumnType.Decimal;
import io.lakebaseops.lakehouse.ColumnType.Plain;

import java.util.List;

/// Names of our column types in Delta and in DuckDB.
final class DeltaTypes {
    private DeltaTypes() {}

    static StructType schema(List<ColumnDef> columns) {
        return new StructType(columns.stream().map(DeltaTypes::field).toList());
    }

    static StructField field(ColumnDef column) {
        var comment = FieldMetadata.builder().putString("comment", column.comment()).build();
        return new StructField(column.name(), type(column.type()), column.nullable(), comment);
    }

    static DataType type(ColumnType type) {
        return switch (type) {
            case Decimal(int precision, int scale) -> new DecimalType(precision, scale);
            case Plain plain ->
                    switch (plain) {
                        case TEXT -> StringType.STRING;
                        case INT -> IntegerType.INTEGER;
                        case LONG -> LongType.LONG;
                        case FLOAT -> FloatType.FLOAT;
                        case DOUBLE -> DoubleType.DOUBLE;
                        case BOOLEAN -> BooleanType.BOOLEAN;
                        case DATE -> DateType.DATE;
                        case TIMESTAMP -> TimestampType.TIMESTAMP;
                        case BINARY -> BinaryType.BINARY;
                    };
        };
    }

    /// DuckDB's name for a Delta type; types we never write keep their text form.
    static String duck(DataType type) {
        return switch (type) {
            case DecimalType d -> "DECIMAL(%d,%d)".formatted(d.getPrecision(), d.getScale());
            case StringType _ -> "VARCHAR";
            case IntegerType _ -> "INTEGER";
            case LongType _ -> "BIGINT";
            case FloatType _ -> "FLOAT";
            case DoubleType _ -> "DOUBLE";
            case BooleanType _ -> "BOOLEAN";
            case DateType _ -> "DATE";
            case TimestampType _ -> "TIMESTAMPTZ";
            case BinaryType _ -> "BLOB";
            case null, default ->
                    throw new IllegalArgumentException("No DuckDB type for Delta's " + type);
        };
    }
}
