package io.lakebaseops.framework;

import io.lakebaseops.framework.work.Ticker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Time that stands until a test turns it; its ticks come as it passes.
public final class TurnedClock extends Clock implements Ticker {
    private final List<Runnable> ticks = new ArrayList<>();
    private Instant now;

    public TurnedClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Ticking every(String name, Duration pace, Runnable tick) {
        ticks.add(tick);
        return () -> ticks.remove(tick);
    }

    public void pass(Duration time, Duration step) {
        for (var end = now.plus(time); now.isBefore(end); ) {
            now = now.plus(step);
            List.copyOf(ticks).forEach(Runnable::run);
        }
    }

    /// The machine sleeps: time goes on, ticks do not.
    void sleep(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
