package io.lakebaseops.local.api.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.regex.Pattern;

/// An injected fault: what goes wrong, where, and how often. Matches `METHOD /path`; `*` stands for
/// anything.
///
/// @param offset how many matching calls pass unharmed first
/// @param times how many calls are hit; -1 = until cleared
/// @param status answers with this HTTP status instead; null = the normal reply
/// @param afterHandler the call is carried out first, so that only its reply is lost
/// @param drop closes the connection without a reply
/// @param operation what becomes of the long-running operation that a hit call starts
public record Fault(
        String pattern,
        int offset,
        int times,
        @Nullable Integer status,
        @Nullable String message,
        boolean afterHandler,
        boolean drop,
        Duration latency,
        Outcome operation) {
    public enum Outcome {
        NORMAL,
        FAIL,
        HANG
    }

    static Fault from(Fields body) {
        String pattern = body.text("pattern");
        if (pattern == null) {
            throw Refusal.invalid("pattern is required, like \"POST /api/2.0/postgres/*\"");
        }
        Double latency = body.number("latency_ms");
        Double status = body.number("status_code");
        String operation = body.text("operation");
        return new Fault(
                pattern,
                orElse(body.number("offset"), 0),
                orElse(body.number("times"), 1),
                status == null ? null : status.intValue(),
                body.text("message"),
                body.flag("after_handler", false),
                body.flag("drop", false),
                Duration.ofMillis(latency == null ? 0 : latency.longValue()),
                operation == null ? Outcome.NORMAL : outcome(operation));
    }

    boolean matches(String call) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return call.matches(regex.toString());
    }

    private static int orElse(@Nullable Double value, int otherwise) {
        return value == null ? otherwise : value.intValue();
    }

    private static Outcome outcome(String text) {
        try {
            return Outcome.valueOf(text);
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid("operation must be NORMAL, FAIL or HANG");
        }
    }
}
