package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksException;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Calls the SDK with a deadline and a cancel. The SDK knows one HTTP timeout per client; here
/// every call ends with its own deadline or when it is cancelled.
final class SdkCalls {
    /// Ours instead of the SDK's: that one keeps trying for 15 s before it says "unreachable".
    private static final int MOST_TRIES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final Supplier<WorkspaceClient> maker;
    private final ExecutorService background;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable WorkspaceClient client;

    /// @param maker makes the client; may ask the host about itself, so it runs inside a call
    /// @param background virtual threads: an interrupt there closes the socket of a stuck call
    SdkCalls(Supplier<WorkspaceClient> maker, ExecutorService background) {
        this.maker = maker;
        this.background = background;
    }

    /// @param what for messages: `Listing branches of storefront-prod`
    <T> T call(String what, Deadline deadline, Function<WorkspaceClient, T> request) {
        deadline.check(what);
        var pending = background.submit(() -> patiently(request));
        try (var _ = deadline.onCancel(() -> pending.cancel(true))) {
            return pending.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw SdkFailure.of(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new OpsException(
                    OpsException.Kind.TIMEOUT,
                    what,
                    "the workspace did not answer before the deadline",
                    "check the network and the workspace's status",
                    e);
        } catch (CancellationException e) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        }
    }

    /// Empty where the service says there is none.
    static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private <T> T patiently(Function<WorkspaceClient, T> request) throws InterruptedException {
        var pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                return request.apply(client());
            } catch (DatabricksException e) {
                if (tries == MOST_TRIES || !SdkFailure.worthAnotherTry(e)) {
                    throw e;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(3);
            }
        }
    }

    private WorkspaceClient client() {
        var known = client;
        if (known != null) {
            return known;
        }
        making.lock();
        try {
            known = client;
            if (known == null) {
                known = maker.get();
                client = known;
            }
            return known;
        } finally {
            making.unlock();
        }
    }
}
