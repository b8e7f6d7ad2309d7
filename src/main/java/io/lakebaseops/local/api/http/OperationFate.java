package io.lakebaseops.local.api.http;

/// The injected outcome of the operation that the current call starts. Bound for one request by an
/// injected fault, read once where the operation is made.
public final class OperationFate {
    static final ScopedValue<Fault.Outcome> CURRENT = ScopedValue.newInstance();

    private OperationFate() {}

    public static Fault.Outcome current() {
        return CURRENT.orElse(Fault.Outcome.NORMAL);
    }

    /// The `error_code` that usually goes with an HTTP status.
    static String codeOf(int status) {
        return switch (status) {
            case 400 -> "BAD_REQUEST";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "REQUEST_LIMIT_EXCEEDED";
            case 501 -> "NOT_IMPLEMENTED";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "INTERNAL_ERROR";
        };
    }
}
