package io.lakebaseops.app;

import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.local.DemoProgress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/// What does a console do that has never looked at anything? It runs the looking jobs once, so that
/// nobody waits an hour for the first finding. Later starts leave it to the schedule.
final class InitialJobRun {
    private static final Logger log = LoggerFactory.getLogger(InitialJobRun.class);

    /// The vacuum and archive jobs wait for their night hours.
    private static final List<String> LOOKING =
            List.of("metric-collector", "index-analyzer", "branch-manager");

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration DATA_PATIENCE = Duration.ofMinutes(2);

    private InitialJobRun() {}

    static void run(JobScheduler jobs, Connections servers) {
        awaitData(servers);
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
