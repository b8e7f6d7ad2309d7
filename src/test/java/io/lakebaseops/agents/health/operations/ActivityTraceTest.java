package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.operations.ActivityTrace.Replay;
import io.lakebaseops.agents.health.operations.ActivityTrace.Span;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// The replay of activity against suspend timeouts.
final class ActivityTraceTest {
    private static final List<Duration> TIMEOUTS =
            Stream.of(60, 61, 120, 300, 301, 600, 1800, 3600, 7200, 14_400)
                    .map(Duration::ofSeconds)
                    .toList();

    @Test
    void theChoiceEqualsExhaustiveSearchOnRandomTraces() {
        int compared = 0;
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            var spans = spans(random);
            long end = 20_000 + random.nextInt(4_000);
            var trace = new ActivityTrace(spans, end);
            var replays = new ArrayList<Replay>();
            var simulated = new ArrayList<Replay>();
            for (var timeout : TIMEOUTS) {
                replays.add(trace.replay(timeout));
                simulated.add(secondBySecond(spans, end, timeout));
            }
            assertThat(replays).as("seed " + seed).isEqualTo(simulated);
            replays.add(trace.replay(null));
            double allowed = random.nextInt(200);
            var best = trace.best(replays, allowed);
            // Whatever is allowed and cheaper would have been found.
            double days = trace.length() / 86_400.0;
            for (var one : simulated) {
                if (one.coldStarts() <= allowed * days) {
                    assertThat(best.awakeSeconds()).isLessThanOrEqualTo(one.awakeSeconds());
                }
            }
            assertThat(best.coldStarts()).isLessThanOrEqualTo((long) Math.floor(allowed * days));
            compared += simulated.size();
        }
        System.out.println("replays equal to a simulation second by second: " + compared);
    }

    private static List<Span> spans(Random random) {
        var spans = new ArrayList<Span>();
        long at = random.nextInt(500);
        while (at < 20_000) {
            long length = 1 + random.nextInt(random.nextBoolean() ? 20 : 2_000);
            spans.add(new Span(at, Math.min(at + length, 20_000)));
            // Gaps of exactly a timeout, of one second less and more, and of any length.
            int[] edges = {59, 60, 61, 119, 120, 300, 301, 600, 1799, 1800, 1801, 3600};
            at +=
                    length
                            + (random.nextBoolean()
                                    ? edges[random.nextInt(edges.length)]
                                    : random.nextInt(5_000));
        }
        return spans;
    }

    /// A compute that is looked at every second, as a check independent of the arithmetic.
    private static Replay secondBySecond(List<Span> spans, long end, Duration timeout) {
        long first = spans.getFirst().from();
        var busy = new BitSet();
        spans.forEach(s -> busy.set((int) s.from(), (int) s.until()));
        boolean awake = true;
        long idle = 0;
        long seconds = 0;
        long starts = 0;
        for (long now = first; now < end; now++) {
            boolean active = busy.get((int) now);
            if (active) {
                starts += awake ? 0 : 1;
                awake = true;
                idle = 0;
            } else if (awake && idle == timeout.toSeconds()) {
                awake = false;
            }
            if (awake) {
                seconds++;
                idle += active ? 0 : 1;
            }
        }
        return new Replay(timeout, seconds, starts);
    }

    @Test
    void spansThatOverlapAreOne() {
        var trace =
                new ActivityTrace(
                        List.of(new Span(100, 200), new Span(150, 180), new Span(200, 260)), 500);
        assertThat(trace.active()).isEqualTo(160);
        assertThat(trace.gapCount()).isZero();
        assertThat(trace.replay(Duration.ofSeconds(60)))
                .isEqualTo(new Replay(Duration.ofSeconds(60), 220, 0));
        assertThat(trace.replay(null)).isEqualTo(new Replay(null, 400, 0));
        assertThat(new ActivityTrace(List.of(), 500).empty()).isTrue();
    }

    @Test
    void aLongerTimeoutIsChosenWhenColdStartsAreFewOrNone() {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < 24; i++) {
            spans.add(new Span(i * 3600L, i * 3600L + 60));
        }
        var trace = new ActivityTrace(spans, 86_400);
        var replays = new ArrayList<Replay>();
        TIMEOUTS.forEach(t -> replays.add(trace.replay(t)));
        replays.add(trace.replay(null));
        assertThat(trace.best(replays, 30).timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(trace.best(replays, 2).timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(trace.best(List.of(trace.replay(Duration.ofMinutes(1))), 2).timeout()).isNull();
    }
}
