package io.lakebaseops.postgres;

import io.lakebaseops.postgres.OwnLoad.Part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Our own statements of the last hour by what asked for them, minute by minute.
final class LoadMeter {
    private static final int MINUTES = 60;
    private static final long MINUTE = 60_000_000_000L;

    /// One module: what it sent in each of the last sixty minutes.
    private static final class Ring {
        private final long[] minute = new long[MINUTES];
        private final long[] statements = new long[MINUTES];
        private final long[] nanos = new long[MINUTES];
    }

    private final LongSupplier nanoTime;
    private final Map<String, Ring> modules = new HashMap<>();

    /// @param nanoTime a clock that only goes forward
    LoadMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void sent(String module, long nanos) {
        long now = Math.floorDiv(nanoTime.getAsLong(), MINUTE);
        int at = (int) Math.floorMod(now, MINUTES);
        var ring = modules.computeIfAbsent(module, _ -> new Ring());
        if (ring.minute[at] != now) {
            ring.minute[at] = now;
            ring.statements[at] = 0;
            ring.nanos[at] = 0;
        }
        ring.statements[at]++;
        ring.nanos[at] += nanos;
    }

    /// Those that took most time first; what was silent for an hour is left out.
    synchronized List<Part> lastHour() {
        long now = Math.floorDiv(nanoTime.getAsLong(), MINUTE);
        var parts = new ArrayList<Part>();
        modules.forEach(
                (module, ring) -> {
                    long statements = 0;
                    long nanos = 0;
                    for (int i = 0; i < MINUTES; i++) {
                        if (ring.statements[i] > 0 && now - ring.minute[i] < MINUTES) {
                            statements += ring.statements[i];
                            nanos += ring.nanos[i];
                        }
                    }
                    if (statements > 0) {
                        parts.add(new Part(module, statements, java.time.Duration.ofNanos(nanos)));
                    }
                });
        parts.sort(Comparator.comparing(Part::waited).reversed());
        return parts;
    }
}
