package io.lakebaseops.lakebase;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.service.postgres.Operation;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;

/// Translates errors of the service.
final class SdkFailure {
    private SdkFailure() {}

    static OpsException of(String what, Throwable thrown) {
        if (thrown instanceof OpsException e) {
            return e;
        }
        if (causedByNetwork(thrown)) {
            return new OpsException(
                    Kind.UNREACHABLE,
                    what,
                    "the workspace cannot be reached (" + root(thrown) + ")",
                    "check the network, the host name and whether the server runs",
                    thrown);
        }
        var typed = typed(thrown);
        if (typed != null) {
            var code = typed.getErrorCode() == null ? "" : typed.getErrorCode();
            return of(
                    what, code, typed.getStatusCode(), String.valueOf(typed.getMessage()), thrown);
        }
        return new OpsException(
                thrown instanceof DatabricksException ? Kind.DENIED : Kind.INTERNAL,
                what,
                String.valueOf(thrown.getMessage()),
                thrown instanceof DatabricksException ? "check the profile's login" : "",
                thrown);
    }

    /// An operation that ended with an error says so in its body, not by HTTP status.
    static OpsException of(String what, Operation operation) {
        var error = operation.getError();
        var code = error.getErrorCode() == null ? "" : error.getErrorCode().toString();
        return of(what, code, 0, String.valueOf(error.getMessage()), null);
    }

    private static OpsException of(
            String what, String code, int status, String message, @Nullable Throwable cause) {
        var kind = kind(code, status, message.toLowerCase(Locale.ROOT));
        var label = code.isEmpty() ? Integer.toString(status) : code;
        return new OpsException(
                kind, what, message + " (" + label + ")", remedy(kind, code, message), cause);
    }

    private static Kind kind(String code, int status, String message) {
        return switch (code) {
            case "QUOTA_EXCEEDED",
                    "RESOURCE_EXHAUSTED",
                    "RESOURCE_LIMIT_EXCEEDED",
                    "ALREADY_EXISTS",
                    "RESOURCE_ALREADY_EXISTS",
                    "RESOURCE_CONFLICT",
                    "ABORTED",
                    "INVALID_STATE" ->
                    Kind.CONFLICT;
            case "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND" -> Kind.NOT_FOUND;
            case "PERMISSION_DENIED", "UNAUTHENTICATED" -> Kind.DENIED;
            case "NOT_IMPLEMENTED", "UNIMPLEMENTED", "FEATURE_DISABLED", "ENDPOINT_NOT_FOUND" ->
                    Kind.UNSUPPORTED;
            case "DEADLINE_EXCEEDED" -> Kind.TIMEOUT;
            case "CANCELLED" -> Kind.CANCELLED;
            case "REQUEST_LIMIT_EXCEEDED", "TEMPORARILY_UNAVAILABLE" -> Kind.UNREACHABLE;
            default ->
                    message.contains("already exists")
                            ? Kind.CONFLICT
                            : byStatus(status, code.isEmpty());
        };
    }

    private static Kind byStatus(int status, boolean bare) {
        return switch (status) {
            case 400, 422 -> Kind.INVALID_INPUT;
            case 401, 403 -> Kind.DENIED;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 429, 502, 503 -> Kind.UNREACHABLE;
            case 501 -> Kind.UNSUPPORTED;
            case 504 -> Kind.TIMEOUT;
            // Without a status it is a failed operation that names its code.
            case 0 -> bare ? Kind.INTERNAL : Kind.INVALID_INPUT;
            default -> Kind.INTERNAL;
        };
    }

    private static String remedy(Kind kind, String code, String message) {
        if (code.contains("QUOTA")
                || code.contains("LIMIT_EXCEEDED")
                || code.contains("EXHAUSTED")) {
            return "delete what is no longer needed, or wait for a branch to expire";
        }
        return switch (kind) {
            case CONFLICT ->
                    message.contains("exist")
                            ? "choose another name"
                            : "wait until the running change has settled, then try again";
            case NOT_FOUND -> "it was deleted or renamed meanwhile: list again";
            case DENIED -> "check the profile's login and its rights on the project";
            case UNREACHABLE -> "the service is busy or away: try again in a moment";
            case INVALID_INPUT -> "correct what the service names here";
            case UNSUPPORTED -> "this workspace does not offer it";
            case TIMEOUT, CANCELLED, INTERNAL -> "";
        };
    }

    /// After used-up retries the SDK throws a plain exception around the typed one.
    static @Nullable DatabricksError typed(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof DatabricksError e) {
                return e;
            }
        }
        return null;
    }

    /// Nothing reached the service, or it said come back later: safe to send again.
    static boolean worthAnotherTry(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ConnectException || t instanceof UnknownHostException) {
                return true;
            }
        }
        var typed = typed(thrown);
        return typed != null && (typed.getStatusCode() == 429 || typed.getStatusCode() == 503);
    }

    private static boolean causedByNetwork(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static String root(Throwable thrown) {
        var t = thrown;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }
}
