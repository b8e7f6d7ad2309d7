package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.expressions.Literal;
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
import io.delta.kernel.types.TimestampType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;

/// Converts Java values to what Delta Kernel stores for a type. Moments are microseconds since 1970
/// UTC, dates days since 1970. A value that would lose meaning is refused, never bent.
final class DeltaValueConverter {
    private DeltaValueConverter() {}

    static @Nullable Object toDelta(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case StringType _ -> text(value);
            case LongType _ -> whole(value);
            case IntegerType _ -> Math.toIntExact(whole(value));
            case DoubleType _ -> ((Number) number(value)).doubleValue();
            case FloatType _ -> ((Number) number(value)).floatValue();
            case BooleanType _ when value instanceof Boolean -> value;
            case TimestampType _ -> micros(moment(value));
            case DateType _ -> Math.toIntExact(day(value).toEpochDay());
            case DecimalType d -> exact(value).setScale(d.getScale());
            case BinaryType _ when value instanceof byte[] -> value;
            default -> throw unfit(value);
        };
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @SuppressWarnings("JavaUtilDate") // java.sql.Timestamp comes from drivers, and is one
    static Instant moment(Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            case Date date -> Instant.ofEpochMilli(date.getTime());
            default -> throw unfit(value);
        };
    }

    /// A partition value, from what `toDelta` made.
    static Literal literal(DataType type, @Nullable Object value) {
        if (value == null) {
            return Literal.ofNull(type);
        }
        return switch (value) {
            case String s -> Literal.ofString(s);
            case Long l when type instanceof TimestampType -> Literal.ofTimestamp(l);
            case Long l -> Literal.ofLong(l);
            case Integer i when type instanceof DateType -> Literal.ofDate(i);
            case Integer i -> Literal.ofInt(i);
            case Boolean b -> Literal.ofBoolean(b);
            default -> throw unfit(value);
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case String s -> s;
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT);
            case UUID id -> id.toString();
            case Number n -> n.toString();
            case Character c -> c.toString();
            default -> throw unfit(value);
        };
    }

    private static long whole(Object value) {
        return switch (value) {
            case Long l -> l;
            case Integer i -> i;
            case Short s -> s;
            case Byte b -> b;
            case BigInteger i -> i.longValueExact();
            case BigDecimal d -> d.longValueExact();
            default -> throw unfit(value);
        };
    }

    private static Object number(Object value) {
        if (value instanceof Number) {
            return value;
        }
        throw unfit(value);
    }

    private static BigDecimal exact(Object value) {
        return switch (value) {
            case BigDecimal d -> d;
            case BigInteger i -> new BigDecimal(i);
            case Long l -> BigDecimal.valueOf(l);
            case Integer i -> BigDecimal.valueOf(i);
            default -> throw unfit(value);
        };
    }

    private static LocalDate day(Object value) {
        return switch (value) {
            case LocalDate date -> date;
            case java.sql.Date date -> date.toLocalDate();
            default -> throw unfit(value);
        };
    }

    private static IllegalArgumentException unfit(Object value) {
        return new IllegalArgumentException("a " + value.getClass().getSimpleName());
    }
}
