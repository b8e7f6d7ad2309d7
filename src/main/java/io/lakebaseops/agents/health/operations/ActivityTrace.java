package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The activity of a branch over a time, replayed against suspend timeouts: how long its compute
/// would have been awake, and how often somebody would have had to wait for it to start.
public final class ActivityTrace {
    private final long active;
    private final long tail;
    private final long length;
    private final long[] gaps;
    private final long[] sums;

    /// @param from `until`: seconds since 1970
    public record Span(long from, long until) {}

    /// @param timeout null = never suspends
    /// @param coldStarts how often activity met a suspended compute
    public record Replay(@Nullable Duration timeout, long awakeSeconds, long coldStarts) {}

    /// It begins with the first activity: what was before is not known.
    ///
    /// @param end of the time looked at, s since 1970
    public ActivityTrace(List<Span> spans, long end) {
        var merged = merged(spans);
        long busy = 0;
        var between = new ArrayList<Long>();
        for (int i = 0; i < merged.size(); i++) {
            busy += merged.get(i).until() - merged.get(i).from();
            if (i > 0) {
                between.add(merged.get(i).from() - merged.get(i - 1).until());
            }
        }
        active = busy;
        tail = merged.isEmpty() ? 0 : Math.max(0, end - merged.getLast().until());
        length =
                merged.isEmpty()
                        ? 0
                        : Math.max(end, merged.getLast().until()) - merged.getFirst().from();
        gaps = between.stream().mapToLong(Long::longValue).sorted().toArray();
        sums = new long[gaps.length + 1];
        for (int i = 0; i < gaps.length; i++) {
            sums[i + 1] = sums[i] + gaps[i];
        }
    }

    private static List<Span> merged(List<Span> spans) {
        var sorted = new ArrayList<>(spans);
        sorted.removeIf(s -> s.until() <= s.from());
        sorted.sort(Comparator.comparingLong(Span::from));
        var merged = new ArrayList<Span>();
        for (var span : sorted) {
            if (!merged.isEmpty() && span.from() <= merged.getLast().until()) {
                var last = merged.removeLast();
                merged.add(new Span(last.from(), Math.max(last.until(), span.until())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    public boolean empty() {
        return length == 0;
    }

    /// Seconds it covers.
    public long length() {
        return length;
    }

    /// Seconds in which anything ran.
    public long active() {
        return active;
    }

    public int gapCount() {
        return gaps.length;
    }

    /// Binary search over the sorted gaps: a timeout costs no more than a look.
    public Replay replay(@Nullable Duration timeout) {
        if (timeout == null) {
            return new Replay(null, length, 0);
        }
        long wait = timeout.toSeconds();
        int shorter = shorterOrEqual(wait);
        long longer = gaps.length - (long) shorter;
        long awake = active + sums[shorter] + longer * wait + Math.min(tail, wait);
        return new Replay(timeout, awake, longer);
    }

    private int shorterOrEqual(long wait) {
        int at = Arrays.binarySearch(gaps, wait + 1);
        int end = at < 0 ? -at - 1 : at;
        while (end > 0 && gaps[end - 1] > wait) {
            end--;
        }
        return end;
    }

    /// The replay with the least awake time among those that start cold no more often than allowed;
    /// of equal ones the one with fewer cold starts, then the shortest.
    ///
    /// @param allowedPerDay cold starts
    public Replay best(List<Replay> replays, double allowedPerDay) {
        double days = Math.max(1, length) / 86_400.0;
        return replays.stream()
                .filter(r -> r.coldStarts() <= allowedPerDay * days)
                .min(
                        Comparator.comparingLong(Replay::awakeSeconds)
                                .thenComparingLong(Replay::coldStarts)
                                .thenComparingLong(ActivityTrace::seconds))
                .orElseGet(() -> replay(null));
    }

    private static long seconds(Replay replay) {
        var timeout = replay.timeout();
        return timeout == null ? Long.MAX_VALUE : timeout.toSeconds();
    }
}
