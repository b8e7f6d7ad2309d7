package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// An error reply. Carries the HTTP status and the `error_code` a Databricks client maps to its
/// exception class.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";

    private final int status;
    private final String code;
    private final @Nullable String declarativeContext;

    private Refusal(int status, String code, String message, @Nullable String context) {
        super(message);
        this.status = status;
        this.code = code;
        this.declarativeContext = context;
    }

    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, message, null);
    }

    /// A value outside what the field may hold.
    public static Refusal invalid(String message) {
        return of(400, "INVALID_PARAMETER_VALUE", message);
    }

    /// A rule between resources forbids it.
    public static Refusal badRequest(String message) {
        return of(400, "BAD_REQUEST", message);
    }

    public static Refusal quota(String message) {
        return of(400, "QUOTA_EXCEEDED", message);
    }

    /// The resource lives and dies with its parent and cannot be removed alone.
    public static Refusal managedByParent(String message) {
        return new Refusal(400, "BAD_REQUEST", message, "MANAGED_BY_PARENT");
    }

    public static Refusal missing(String kind) {
        String trace = UUID.randomUUID().toString().replace("-", "");
        return of(404, "NOT_FOUND", kind + " id not found [TraceId: " + trace + "]");
    }

    public static Refusal exists(String message) {
        return of(409, "ALREADY_EXISTS", message);
    }

    /// A compute still settles; the caller tries again a little later.
    public static Refusal reconciling(String name) {
        return of(409, "ABORTED", name + " has an ongoing reconciliation; try again shortly");
    }

    /// An API this workspace does not have. Not 501: the SDKs take that for a passing trouble and
    /// ask again for seconds.
    public static Refusal noSuchApi(String message) {
        return of(404, "ENDPOINT_NOT_FOUND", message);
    }

    /// A wish that the platform may grant and this server cannot.
    public static Refusal unsupported(String message) {
        return of(400, "FEATURE_DISABLED", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /// The error body: `error_code`, `message` and, where there is one, a `google.rpc.ErrorInfo`.
    public ObjectNode body() {
        ObjectNode body = Json.object().put("error_code", code).put("message", getMessage());
        if (declarativeContext != null) {
            ObjectNode info = body.putArray("details").addObject();
            info.put("@type", ERROR_INFO).put("reason", "RESOURCE_CONFLICT");
            info.put("domain", "databricks.com");
            info.putObject("metadata").put("declarative_context", declarativeContext);
        }
        return body;
    }
}
