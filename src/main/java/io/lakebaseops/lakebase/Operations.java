package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.Operation;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for long-running operations. Polled by its name, which outlives this process; the SDK's
/// own wait has no end without a timeout and cannot be taken up again.
final class Operations {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int MOST_LOST = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SdkCalls calls;

    Operations(SdkCalls calls) {
        this.calls = calls;
    }

    /// @param name `projects/p/branches/b/operations/…`
    void await(String name, String what, Deadline deadline, OperationProgress progress) {
        progress.at(what + " (operation " + SdkMapper.leaf(name) + ")");
        var lost = new int[1];
        try {
            until(what, deadline, () -> done(name, what, deadline, lost));
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.TIMEOUT) {
                throw e;
            }
            throw new OpsException(
                    e.kind(),
                    what,
                    "operation %s did not finish before the deadline; the service may still be at it"
                            .formatted(SdkMapper.leaf(name)),
                    "look at the project again; running the same again is safe",
                    e);
        }
    }

    /// A lost answer of a poll costs nothing but another look; a service that stays away does.
    private boolean done(String name, String what, Deadline deadline, int[] lost) {
        try {
            boolean done = done(name, what, deadline);
            lost[0] = 0;
            return done;
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.UNREACHABLE || ++lost[0] >= MOST_LOST) {
                throw e;
            }
            return false;
        }
    }

    private boolean done(String name, String what, Deadline deadline) {
        Operation operation = calls.call(what, deadline, w -> w.postgres().getOperation(name));
        if (!Boolean.TRUE.equals(operation.getDone())) {
            return false;
        }
        if (operation.getError() != null) {
            throw SdkFailure.of(what, operation);
        }
        return true;
    }

    /// Asks again with growing pauses until it holds, the deadline passes or it is cancelled.
    static void until(String what, Deadline deadline, BooleanSupplier holds) {
        var pause = FIRST_PAUSE;
        while (!holds.getAsBoolean()) {
            deadline.pause(what, pause);
            pause = pause.multipliedBy(3).dividedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }
}
