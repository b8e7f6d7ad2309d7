package io.lakebaseops.local.billing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Bills each hour when it has ended, on a thread of its own.
public final class BillingClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillingClock.class);
    private static final Duration EACH = Duration.ofSeconds(30);

    private final UsageMeter meter;
    private final Supplier<List<UsageMeter.Space>> spaces;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("local-billing").factory());

    /// @param spaces measures the branches; asked once an hour
    public BillingClock(UsageMeter meter, Supplier<List<UsageMeter.Space>> spaces) {
        this.meter = meter;
        this.spaces = spaces;
    }

    public void start() {
        long millis = EACH.toMillis();
        var _ = ticker.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// What is due now is billed now: a client that asks sees every hour that has ended.
    public void catchUp() {
        if (meter.due()) {
            meter.bill(spaces.get());
        }
    }

    /// The boundary of the ticking thread: a failed round must not end the ticking.
    private void tick() {
        try {
            catchUp();
            meter.beat();
        } catch (RuntimeException e) {
            LOG.warn("usage was not billed; the next round tries again", e);
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
