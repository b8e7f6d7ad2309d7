package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.lakebaseops.domain.OpsException;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

import java.math.BigInteger;

/// The Parquet schema of a Delta table's data files, as Delta Kernel lays it out.
final class ParquetLayout {
    private static final String FIELD_ID = "parquet.field.id";
    private static final int DIGITS_OF_INT = 9;
    private static final int DIGITS_OF_LONG = 18;

    private ParquetLayout() {}

    static MessageType of(StructType stored) {
        var message = Types.buildMessage();
        for (var field : stored.fields()) {
            message.addField(type(field));
        }
        return message.named("table");
    }

    private static Type type(StructField field) {
        var repetition = field.isNullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        Type type = primitive(field, repetition).named(field.getName());
        var id = field.getMetadata().getLong(FIELD_ID);
        return id == null ? type : type.withId(id.intValue());
    }

    private static Types.PrimitiveBuilder<PrimitiveType> primitive(
            StructField field, Repetition repetition) {
        return switch (field.getDataType()) {
            case StringType _ ->
                    Types.primitive(PrimitiveTypeName.BINARY, repetition)
                            .as(LogicalTypeAnnotation.stringType());
            case BinaryType _ -> Types.primitive(PrimitiveTypeName.BINARY, repetition);
            case BooleanType _ -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition);
            case IntegerType _ -> Types.primitive(PrimitiveTypeName.INT32, repetition);
            case LongType _ -> Types.primitive(PrimitiveTypeName.INT64, repetition);
            case FloatType _ -> Types.primitive(PrimitiveTypeName.FLOAT, repetition);
            case DoubleType _ -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition);
            case DateType _ ->
                    Types.primitive(PrimitiveTypeName.INT32, repetition)
                            .as(LogicalTypeAnnotation.dateType());
            case TimestampType _ ->
                    Types.primitive(PrimitiveTypeName.INT64, repetition)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
            case DecimalType d -> decimal(d, repetition);
            case DataType other -> throw unknown(field.getName(), other);
        };
    }

    private static Types.PrimitiveBuilder<PrimitiveType> decimal(
            DecimalType type, Repetition repetition) {
        var meaning = LogicalTypeAnnotation.decimalType(type.getScale(), type.getPrecision());
        if (type.getPrecision() <= DIGITS_OF_INT) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition).as(meaning);
        }
        if (type.getPrecision() <= DIGITS_OF_LONG) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition).as(meaning);
        }
        int bytes = BigInteger.TEN.pow(type.getPrecision()).bitLength() / Byte.SIZE + 1;
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(bytes)
                .as(meaning);
    }

    private static OpsException unknown(String column, DataType type) {
        return new OpsException(
                OpsException.Kind.UNSUPPORTED,
                "Writing column " + column,
                "rows in bulk have no column of type " + type,
                "leave the column out of the table");
    }
}
