package io.lakebaseops.local.api.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// An injected fault: what goes wrong, where, and how often. Matches `METHOD /path`; `*` stands for
/// anything.
///
/// @param offset how many matching calls pass unharmed first
/// @param times how many calls are hit; -1 = until cleared
/// @param status answers with this HTTP status instead; null = the normal reply
/// @param afterHandler the call is carried out first, so that only its reply is lost
/// @param drop closes the connection without a reply
/// @param after sleeps until a call that matches this was seen; null = awake at once
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
        @Nullable String after,
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
                body.text("after"),
                operation == null ? Outcome.NORMAL : outcome(operation));
    }

    boolean matches(String call) {
        return matches(pattern, call);
    }

    /// Does this call wake it?
    boolean woken(String call) {
        return after != null && matches(after, call);
    }

    private static boolean matches(String pattern, String call) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return call.equals(pattern);
        }
        String last = parts[parts.length - 1];
        int at = parts[0].length();
        if (!call.startsWith(parts[0])) {
            return false;
        }
        // The first place where a part fits is as good as any: what follows has most room then.
        for (String part : List.of(parts).subList(1, parts.length - 1)) {
            int found = call.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return call.length() - last.length() >= at && call.endsWith(last);
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
