package io.lakebaseops.state;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The clock of the state database: one for all consoles of a team, so that a machine whose own
/// clock is wrong neither lets their plans expire nor dates entries of the audit chain.
///
/// It is asked once a minute and counted on from there.
public final class DatabaseClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration ASKED_EVERY = Duration.ofMinutes(1);

    /// The machine slept, or its clock was set: what was counted on is worth nothing.
    private static final Duration CLOCKS_PART = Duration.ofSeconds(1);

    private final StateDb db;
    private final Clock local;
    private final LongSupplier nanos;

    /// Held by the one who asks; the others count on, they may hold a connection already.
    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable Reading last;

    private record Reading(Instant database, Instant local, long nanos) {}

    public DatabaseClock(StateDb db) {
        this(db, Clock.systemUTC(), System::nanoTime);
    }

    DatabaseClock(StateDb db, Clock local, LongSupplier nanos) {
        this.db = db;
        this.local = local;
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        var known = last;
        if ((known == null || old(known)) && asking.tryLock()) {
            try {
                known = asked();
            } finally {
                asking.unlock();
            }
        }
        return known == null
                ? local.instant()
                : known.database().plusNanos(nanos.getAsLong() - known.nanos());
    }

    private boolean old(Reading reading) {
        var counted = Duration.ofNanos(nanos.getAsLong() - reading.nanos());
        var apart = Duration.between(reading.local(), local.instant()).minus(counted).abs();
        return counted.compareTo(ASKED_EVERY) > 0 || apart.compareTo(CLOCKS_PART) > 0;
    }

    private @Nullable Reading asked() {
        try {
            var at = db.tx(tx -> tx.column(StateSql.NOW, Map.of(), Instant.class)).getFirst();
            last = new Reading(at, local.instant(), nanos.getAsLong());
        } catch (OpsException e) {
            LOG.warn("The state database does not tell the time: {}", e.getMessage());
        }
        return last;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /// Instants have no zone.
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
