package io.lakebaseops.local.warehouse;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// A statement as a client sends it, checked as the service checks it.
///
/// @param cancelLate whether a statement that takes longer than the wait is cancelled
record StatementRequest(
        String statement,
        String warehouse,
        @Nullable String catalog,
        @Nullable String schema,
        List<Parameter> parameters,
        Duration patience,
        boolean cancelLate,
        boolean external,
        ResultChunks.Format format,
        long rowLimit,
        long byteLimit) {
    /// Of an inline result, in bytes.
    static final long INLINE = 25L << 20;

    /// Here; on the platform 100 GiB.
    static final long EXTERNAL = 1L << 30;

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(50);

    /// @param value null is NULL
    record Parameter(String name, @Nullable String value, String type) {}

    StatementRequest {
        parameters = List.copyOf(parameters);
    }

    static StatementRequest of(Fields body) {
        boolean external =
                switch (word(body, "disposition", "INLINE")) {
                    case "INLINE" -> false;
                    case "EXTERNAL_LINKS" -> true;
                    default ->
                            throw Refusal.invalid("disposition must be INLINE or EXTERNAL_LINKS");
                };
        String late = word(body, "on_wait_timeout", "CONTINUE");
        if (!late.equals("CONTINUE") && !late.equals("CANCEL")) {
            throw Refusal.invalid("on_wait_timeout must be CONTINUE or CANCEL");
        }
        Duration wait = wait(word(body, "wait_timeout", "10s"));
        if (wait.isZero() && late.equals("CANCEL")) {
            throw Refusal.invalid("on_wait_timeout=CANCEL needs a wait_timeout of more than 0s");
        }
        return new StatementRequest(
                needed(body, "statement"),
                needed(body, "warehouse_id"),
                body.text("catalog"),
                body.text("schema"),
                body.list("parameters").stream().map(StatementRequest::parameter).toList(),
                wait,
                late.equals("CANCEL"),
                external,
                format(word(body, "format", "JSON_ARRAY"), external),
                limit(body, "row_limit"),
                limit(body, "byte_limit"));
    }

    private static ResultChunks.Format format(String name, boolean external) {
        if (!external && !name.equals("JSON_ARRAY")) {
            throw Refusal.invalid(
                    "The format field must be JSON_ARRAY when disposition is INLINE.");
        }
        return switch (name) {
            case "JSON_ARRAY" -> ResultChunks.Format.JSON_ARRAY;
            case "CSV" -> ResultChunks.Format.CSV;
            case "ARROW_STREAM" ->
                    throw Refusal.unsupported("Local Lakebase's warehouse writes no Arrow streams");
            default -> throw Refusal.invalid("format: " + name + " is not known");
        };
    }

    private static Parameter parameter(Fields one) {
        String type = one.text("type");
        return new Parameter(
                needed(one, "name"), one.text("value"), type == null ? "STRING" : type);
    }

    private static Duration wait(String text) {
        Duration wait = Json.parseDuration("wait_timeout", text);
        boolean fits =
                wait.isZero() || wait.compareTo(SHORTEST) >= 0 && wait.compareTo(LONGEST) <= 0;
        if (!fits) {
            throw Refusal.invalid("wait_timeout must be 0s or between 5s and 50s, not " + text);
        }
        return wait;
    }

    private static long limit(Fields body, String field) {
        Double given = body.number(field);
        if (given != null && given < 1) {
            throw Refusal.invalid(field + " must be at least 1");
        }
        return given == null ? Long.MAX_VALUE : given.longValue();
    }

    private static String word(Fields body, String field, String otherwise) {
        String given = body.text(field);
        return given == null || given.isEmpty() ? otherwise : given;
    }

    private static String needed(Fields body, String field) {
        String given = body.text(field);
        if (given == null || given.isBlank()) {
            throw Refusal.invalid(
                    "Field '" + field + "' is required, expected non-default value (not \"\")!");
        }
        return given;
    }
}
