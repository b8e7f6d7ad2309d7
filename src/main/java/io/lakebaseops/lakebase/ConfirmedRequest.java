package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Sends a change to the service and, when its answer is lost, looks whether it was carried out.
/// Looks at the service before it sends again, so that a lost reply is neither taken for a failure
/// nor sent twice blindly.
final class ConfirmedRequest {
    private static final int MOST_TRIES = 3;
    private static final int LOOKS = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final SdkCalls calls;
    private final Operations operations;

    ConfirmedRequest(SdkCalls calls, Operations operations) {
        this.calls = calls;
        this.operations = operations;
    }

    /// @param request sends the change and returns the name of its operation
    /// @param isSo whether the service shows what was asked for
    void change(
            String what,
            Deadline deadline,
            OperationProgress progress,
            Function<WorkspaceClient, String> request,
            BooleanSupplier isSo) {
        change(what, deadline, progress, request, isSo, false);
    }

    /// A deletion is sent a second time by the HTTP client itself when its answer gets lost, so
    /// that the first refusal we hear of may be to the second request.
    void deletion(
            String what,
            Deadline deadline,
            Function<WorkspaceClient, String> request,
            BooleanSupplier isGone) {
        change(what, deadline, _ -> {}, request, isGone, true);
    }

    private void change(
            String what,
            Deadline deadline,
            OperationProgress progress,
            Function<WorkspaceClient, String> request,
            BooleanSupplier isSo,
            boolean deletion) {
        for (int tries = 1; ; tries++) {
            try {
                operations.await(
                        send(what, deadline, request, tries > 1), what, deadline, progress);
                return;
            } catch (OpsException e) {
                boolean lost = e.kind() == Kind.UNREACHABLE;
                // Refused on the second try: the first one was taken, or is being carried out.
                boolean second = tries > 1 && refused(e);
                boolean perhapsGone = deletion && tries == 1 && gone(e);
                if (!lost && !second && !perhapsGone) {
                    throw e;
                }
                progress.at(what + ": the answer was lost, looking whether it was done");
                if (becameSo(isSo, deadline)) {
                    return;
                }
                if (perhapsGone) {
                    throw e;
                }
                if (tries == MOST_TRIES) {
                    throw inDoubt(what, e);
                }
            }
        }
    }

    /// While a compute of it still settles, the service answers 409 with this word.
    private String send(
            String what,
            Deadline deadline,
            Function<WorkspaceClient, String> request,
            boolean again) {
        var started = new String[1];
        Operations.until(
                what,
                deadline,
                () -> {
                    try {
                        started[0] = calls.call(what, deadline, request);
                        return true;
                    } catch (OpsException e) {
                        if (!again && reconciling(e)) {
                            return false;
                        }
                        throw e;
                    }
                });
        return started[0];
    }

    private static boolean reconciling(OpsException e) {
        return e.kind() == Kind.CONFLICT && e.why().contains("reconcil");
    }

    private static boolean gone(OpsException e) {
        return e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT;
    }

    private static boolean refused(OpsException e) {
        return e.kind() == Kind.CONFLICT
                || e.kind() == Kind.NOT_FOUND
                || e.kind() == Kind.INVALID_INPUT;
    }

    private static boolean becameSo(BooleanSupplier isSo, Deadline deadline) {
        for (int look = 1; look <= LOOKS && !deadline.expired(); look++) {
            try {
                if (isSo.getAsBoolean()) {
                    return true;
                }
            } catch (OpsException e) {
                if (e.kind() != Kind.UNREACHABLE) {
                    throw e;
                }
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private static OpsException inDoubt(String what, OpsException e) {
        return new OpsException(
                e.kind(),
                what,
                e.why() + "; whether the service carried it out is not known",
                "list again when the service answers; running the same again is safe",
                e);
    }
}
