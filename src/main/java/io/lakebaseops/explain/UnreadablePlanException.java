package io.lakebaseops.explain;

/// Pasted text that is not an execution plan; the message says what is wrong and what to paste.
public final class UnreadablePlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnreadablePlanException(String message) {
        super(message);
    }

    UnreadablePlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
