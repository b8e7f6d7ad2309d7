package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.agents.performance.maintenance.AutovacuumSchedule.Load;
import io.lakebaseops.agents.performance.maintenance.AutovacuumSchedule.Run;
import io.lakebaseops.agents.performance.maintenance.AutovacuumSchedule.Server;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What follows from the rules of launcher, workers and cost limit, worked out by hand.
final class AutovacuumScheduleTest {
    private static final double MB = 1 << 20;
    private static final Duration DAY = Duration.ofHours(24);

    private static Server server(int workers) {
        return Server.of(workers, Duration.ofMinutes(1), 200, 2, 2, 20);
    }

    private static Load load(String name, double perHour, double limit, double megabytes) {
        return new Load(name, 0, perHour, limit, megabytes * MB, 0);
    }

    @Test
    void oneTableSawsBetweenZeroAndItsLimit() {
        var schedule =
                AutovacuumSchedule.of(List.of(load("a", 50_000, 200_050, 200)), server(3), DAY);

        var course = schedule.of("a");
        assertThat(course.runs()).as("a run in four hours").isEqualTo(5);
        assertThat(course.peak()).isBetween(200_050.0, 205_000.0);
        assertThat(schedule.hours()).isEqualTo(24);
        assertThat(schedule.runs().getFirst().begin()).isCloseTo(4.0, within(0.05));
        assertThat(schedule.waited("a")).as("for the launcher alone").isLessThan(0.02);
        assertThat(course.points().getFirst().deadRows()).isZero();
    }

    @Test
    void aPastLimitIsServedAtOnceAndAnotherNever() {
        var schedule =
                AutovacuumSchedule.of(
                        List.of(
                                new Load("due", 900, 0, 100, MB, 0),
                                new Load("still", 50, 0, 100, MB, 0)),
                        server(3),
                        DAY);

        assertThat(schedule.runs()).extracting(Run::table).containsExactly("due");
        assertThat(schedule.runs().getFirst().removed()).isEqualTo(900);
        assertThat(schedule.of("still").peak()).isEqualTo(50);
    }

    /// One worker is at a table for hours: those behind it wait, and pile up meanwhile.
    @Test
    void tablesWaitForAFreeWorker() {
        var huge = new Load("huge", 50_000_000, 1, 10_000_000, 400_000 * MB, 100_000 * MB);
        var small = load("small", 60_000, 10_000, 20);

        var alone = AutovacuumSchedule.of(List.of(huge, small), server(1), DAY);
        var shared = AutovacuumSchedule.of(List.of(huge, small), server(3), DAY);

        double work = huge.workHours(50_000_000, server(1));
        assertThat(work).isGreaterThan(1);
        assertThat(alone.waited("small")).isGreaterThan(0.8 * Math.min(24, work) - 0.5);
        assertThat(alone.of("small").peak()).isGreaterThan(5 * shared.of("small").peak());
        assertThat(shared.waited("small")).isLessThan(0.1);
    }

    /// Two workers at a time each get half of the cost limit.
    @Test
    void theCostLimitIsSharedAmongWorkers() {
        var one = new Load("one", 1e9, 0, 1, 4_000 * MB, 0);
        var two = new Load("two", 1e9, 0, 1, 4_000 * MB, 0);
        double work = one.workHours(1e9, server(3));

        var first = AutovacuumSchedule.of(List.of(one), server(3), DAY).runs().getFirst();
        var both = AutovacuumSchedule.of(List.of(one, two), server(3), DAY).runs();

        assertThat(first.end() - first.begin()).isCloseTo(work, within(1e-6));
        // The second worker comes a minute later, and both lists name both tables.
        assertThat(both).hasSize(2);
        double last = both.stream().mapToDouble(Run::end).max().orElseThrow();
        assertThat(last - both.getFirst().begin()).isCloseTo(2 * work, within(0.02));
    }

    @Test
    void aSlowerCostLimitLengthensRuns() {
        var table = new Load("t", 1_000_000, 0, 1, 1_000 * MB, 500 * MB);
        double usual = table.workHours(1_000_000, server(3));
        double slow =
                table.workHours(1_000_000, Server.of(3, Duration.ofMinutes(1), 200, 20, 2, 20));
        double free =
                table.workHours(1_000_000, Server.of(3, Duration.ofMinutes(1), 200, 0, 2, 20));

        assertThat(slow).isCloseTo(10 * usual, within(1e-6));
        assertThat(free).isLessThan(usual);
    }

    @Test
    void aBusyServerEndsEarlyAndSaysHowFarItCame() {
        var loads = new ArrayList<Load>();
        for (int i = 0; i < 200; i++) {
            loads.add(load("t" + i, 1e6, 100, 1));
        }
        var schedule = AutovacuumSchedule.of(loads, server(10), Duration.ofDays(14));

        assertThat(schedule.runs()).hasSizeLessThanOrEqualTo(5_300);
        assertThat(schedule.hours()).isBetween(0.1, 24.0);
        assertThat(schedule.of("t7").points().getLast().hours()).isEqualTo(schedule.hours());
    }
}
