package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.ColumnType;
import io.lakebaseops.lakehouse.ColumnType.Decimal;
import io.lakebaseops.lakehouse.ColumnType.Plain;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Names of our column types in Delta and in DuckDB.
final class DeltaTypes {
    private static final Map<Class<? extends DataType>, String> SIMPLE =
            Map.ofEntries(
                    Map.entry(StringType.class, "VARCHAR"),
                    Map.entry(ByteType.class, "TINYINT"),
                    Map.entry(ShortType.class, "SMALLINT"),
                    Map.entry(IntegerType.class, "INTEGER"),
                    Map.entry(LongType.class, "BIGINT"),
                    Map.entry(FloatType.class, "FLOAT"),
                    Map.entry(DoubleType.class, "DOUBLE"),
                    Map.entry(BooleanType.class, "BOOLEAN"),
                    Map.entry(DateType.class, "DATE"),
                    Map.entry(TimestampType.class, "TIMESTAMPTZ"),
                    Map.entry(TimestampNTZType.class, "TIMESTAMP"),
                    Map.entry(BinaryType.class, "BLOB"),
                    Map.entry(DecimalType.class, "DECIMAL"));

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

    /// A type the product reads and carries along, also where only others write it.
    static boolean isSupported(DataType type) {
        return switch (type) {
            case ArrayType a -> isSupported(a.getElementType());
            case MapType m -> isSupported(m.getKeyType()) && isSupported(m.getValueType());
            case StructType s ->
                    s.fields().stream()
                            .map(StructField::getDataType)
                            .allMatch(DeltaTypes::isSupported);
            case null -> false;
            default -> SIMPLE.containsKey(type.getClass());
        };
    }

    static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    }

    /// Whether every value of a type has a place in the other, as after type widening.
    static boolean holds(DataType wide, DataType narrow) {
        if (wide.equivalent(narrow)) {
            return true;
        }
        return switch (narrow) {
            case IntegerType _ -> wide instanceof LongType;
            case FloatType _ -> wide instanceof DoubleType;
            case DecimalType n when wide instanceof DecimalType w ->
                    w.getScale() >= n.getScale()
                            && w.getPrecision() - w.getScale() >= n.getPrecision() - n.getScale();
            default -> false;
        };
    }

    /// DuckDB's name for a supported type.
    static String duck(DataType type) {
        return switch (type) {
            case DecimalType d -> "DECIMAL(%d,%d)".formatted(d.getPrecision(), d.getScale());
            case ArrayType a -> duck(a.getElementType()) + "[]";
            case MapType m -> "MAP(%s, %s)".formatted(duck(m.getKeyType()), duck(m.getValueType()));
            case StructType s ->
                    s.fields().stream()
                            .map(f -> Ident.of(f.getName()).sql() + " " + duck(f.getDataType()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> {
                var name = SIMPLE.get(type.getClass());
                if (name == null) {
                    throw new IllegalArgumentException("No DuckDB type for Delta's " + type);
                }
                yield name;
            }
        };
    }
}
