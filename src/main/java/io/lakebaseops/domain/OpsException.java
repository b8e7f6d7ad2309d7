package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

/// A failure nobody could turn into a result: says what failed, why, and what to do.
public final class OpsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of failure it is, so that callers can react without reading text.
    public enum Kind {
        UNREACHABLE,
        TIMEOUT,
        CANCELLED,
        DENIED,
        NOT_FOUND,
        CONFLICT,
        INVALID_INPUT,
        UNSUPPORTED,
        INTERNAL
    }

    private final Kind kind;
    private final String what;
    private final String why;
    private final String remedy;

    public OpsException(
            Kind kind, String what, String why, String remedy, @Nullable Throwable cause) {
        super(what + ": " + why + (remedy.isBlank() ? "" : " — " + remedy), cause);
        this.kind = kind;
        this.what = what;
        this.why = why;
        this.remedy = remedy;
    }

    public OpsException(Kind kind, String what, String why, String remedy) {
        this(kind, what, why, remedy, null);
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    public String remedy() {
        return remedy;
    }
}
