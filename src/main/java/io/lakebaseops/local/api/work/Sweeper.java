package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.ProjectRow;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Deletes expired branches and frees deleted resources. Deletes branches past their expiry and
/// frees deleted resources past their grace. Time is the injected clock's, so that a month passes
/// in a test.
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final ApiContext plane;
    private final Consumer<String> deleteBranch;
    private final Consumer<String> purgeBranch;
    private final Consumer<String> purgeProject;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("local-sweeper").factory());

    public Sweeper(
            ApiContext plane,
            Consumer<String> deleteBranch,
            Consumer<String> purgeBranch,
            Consumer<String> purgeProject) {
        this.plane = plane;
        this.deleteBranch = deleteBranch;
        this.purgeBranch = purgeBranch;
        this.purgeProject = purgeProject;
    }

    public void start(Duration every) {
        var _ =
                ticker.scheduleWithFixedDelay(
                        this::sweep, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    /// The boundary of the ticking thread: a failed sweep must not end the ticking.
    private void sweep() {
        try {
            Instant now = plane.now();
            branches(b -> b.live() && past(b.expireTime(), now))
                    .forEach(n -> each(deleteBranch, n));
            branches(b -> !b.live() && past(b.purgeTime(), now)).forEach(n -> each(purgeBranch, n));
            plane.read(
                            s ->
                                    s.projects().values().stream()
                                            .filter(p -> past(p.purgeTime(), now))
                                            .map(ProjectRow::name)
                                            .toList())
                    .forEach(n -> each(purgeProject, n));
            plane.workspace().credentials().forgetExpired(now);
        } catch (RuntimeException e) {
            LOG.warn("sweep failed; the next one tries again", e);
        }
    }

    private static void each(Consumer<String> action, String name) {
        try {
            action.accept(name);
        } catch (Refusal refusal) {
            LOG.debug("{} stays for now: {}", name, refusal.getMessage());
        }
    }

    private List<String> branches(java.util.function.Predicate<BranchRow> due) {
        return plane.read(
                s -> s.branches().values().stream().filter(due).map(BranchRow::name).toList());
    }

    private static boolean past(@Nullable Instant time, Instant now) {
        return time != null && !time.isAfter(now);
    }
}
