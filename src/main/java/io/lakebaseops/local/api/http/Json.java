package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Writes values as JSON. Protobuf's forms: `"86400s"` for durations, RFC 3339 in UTC for times,
/// 64-bit integers as strings.
public final class Json {
    /// Shared: a configured `ObjectMapper` is immutable in use and thread-safe.
    public static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// Sets `field` unless there is nothing to say: absent fields are left out, never null.
    public static void time(ObjectNode node, String field, @Nullable Instant value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    public static void duration(ObjectNode node, String field, @Nullable Duration value) {
        if (value != null) {
            node.put(field, seconds(value));
        }
    }

    public static void text(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    public static void int64(ObjectNode node, String field, long value) {
        node.put(field, Long.toString(value));
    }

    public static String seconds(Duration value) {
        BigDecimal exact = BigDecimal.valueOf(value.getSeconds());
        exact = exact.add(BigDecimal.valueOf(value.getNano(), 9)).stripTrailingZeros();
        return exact.toPlainString() + "s";
    }

    public static Duration parseDuration(String field, String text) {
        try {
            if (!text.endsWith("s")) {
                throw new NumberFormatException("no unit");
            }
            BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
            BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
            long nanos = parts[1].movePointRight(9).longValueExact();
            return Duration.ofSeconds(parts[0].longValueExact(), nanos);
        } catch (ArithmeticException | NumberFormatException _) {
            throw Refusal.invalid(field + ": \"" + text + "\" is not a duration like \"3600s\"");
        }
    }

    public static Instant parseTime(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw Refusal.invalid(field + ": \"" + text + "\" is not an RFC 3339 time");
        }
    }
}
