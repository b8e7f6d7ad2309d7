package io.lakebaseops.lakehouse.delta;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;

/// Passes values between Java and DuckDB without losing zone or digits.
final class DuckValues {
    private DuckValues() {}

    static @Nullable Object toDuck(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case null -> null;
            default -> value;
        };
    }

    static @Nullable Object toJava(@Nullable Object value) throws SQLException {
        return switch (value) {
            case OffsetDateTime time -> time.toInstant();
            // Sums of whole numbers come as 128 bits.
            case BigInteger big ->
                    big.bitLength() < Long.SIZE ? big.longValue() : new BigDecimal(big);
            case Integer i -> i.longValue();
            case Short s -> s.longValue();
            case Byte b -> b.longValue();
            case Blob blob -> blob.getBytes(1, (int) blob.length());
            case Array array -> list(array);
            case null -> null;
            default -> value;
        };
    }

    private static Object list(Array array) throws SQLException {
        var items = new ArrayList<@Nullable Object>();
        for (var item : (Object[]) array.getArray()) {
            items.add(toJava(item));
        }
        return Collections.unmodifiableList(items);
    }
}
