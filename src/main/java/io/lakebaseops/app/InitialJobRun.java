package io.lakebaseops.app;

import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.local.DemoProgress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/// Runs the jobs that only look once, in a console that has never looked at anything: so that
/// nobody waits an hour for the first finding. Later starts leave it to the schedule.
final class InitialJobRun {
    private static final Logger log = LoggerFactory.getLogger(InitialJobRun.class);

    /// Those that only measure. Nothing is changed because a console starts: the vacuum and archive
    /// jobs wait for their night hours, the branch manager for its own.
    static final List<String> LOOKING =
            List.of("metric-collector", "index-analyzer", "cost-tracker");

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration DATA_PATIENCE = Duration.ofMinutes(2);

    private InitialJobRun() {}

    static void run(JobScheduler jobs) {
        var never = jobs.jobs().stream().filter(j -> j.last() == null && j.running() == null);
        never.map(j -> j.definition().name())
                .filter(LOOKING::contains)
                .forEach(
                        job -> {
                            log.info("First look: {}", job);
                            jobs.runNow(job);
                        });
    }

    /// A shop that is still being filled would give findings about its filling.
    static void awaitData(Connections servers) {
        var end = System.nanoTime() + DATA_PATIENCE.toNanos();
        while (servers.demo().phase() == DemoProgress.Phase.LOADING && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
