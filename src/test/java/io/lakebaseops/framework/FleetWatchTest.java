package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

final class FleetWatchTest {
    private final TurnedClock clock = new TurnedClock("2026-03-01T12:00:00Z");
    private final TaskExecutor inline = TaskExecutor.inline(clock);
    private final List<TargetId> known = new ArrayList<>();
    private final Set<TargetId> resting = new HashSet<>();
    private final Set<String> watched = new TreeSet<>();
    private final AtomicInteger listings = new AtomicInteger();

    @AfterEach
    void close() {
        inline.close();
    }

    private static TargetId target(String branch) {
        return new TargetId("local", "shop", branch);
    }

    private FleetWatch fleet() {
        return new FleetWatch(
                () -> {
                    listings.incrementAndGet();
                    return List.copyOf(known);
                },
                resting::contains,
                target -> {
                    watched.add(target.branch());
                    return () -> watched.remove(target.branch());
                },
                inline,
                clock);
    }

    @Test
    void everyKnownServerIsWatchedWhateverScreenIsOpen() {
        known.addAll(List.of(target("production"), target("staging")));
        try (var _ = fleet()) {
            assertThat(watched).containsExactly("production", "staging");
            known.remove(target("staging"));
            known.add(target("ci-pr-7"));
            clock.pass(Duration.ofMinutes(1), Duration.ofMinutes(1));
            assertThat(watched).containsExactly("ci-pr-7", "production");
            assertThat(listings.get()).as("listed once a minute, not per round").isEqualTo(2);
        }
        assertThat(watched).isEmpty();
    }

    @Test
    void whatRestsIsLeftAloneSoThatItMayBeSuspended() {
        known.addAll(List.of(target("production"), target("staging")));
        resting.add(target("staging"));
        try (var _ = fleet()) {
            assertThat(watched).containsExactly("production");
            resting.clear();
            clock.pass(Duration.ofMinutes(1), Duration.ofMinutes(1));
            assertThat(watched).containsExactly("production", "staging");
        }
    }
}
