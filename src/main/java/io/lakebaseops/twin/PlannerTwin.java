package io.lakebaseops.twin;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Keeps the planner twin: at most one at a time, started when it is first needed, of the database
/// that was asked for last, ended when nobody asked for a while. It holds statistics, and those
/// hold values of the watched database: they lie in a folder of their owner's alone and go with the
/// twin.
public final class PlannerTwin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlannerTwin.class);
    private static final String WHAT = "Planning in the twin";

    /// Statistics and sizes older than this are read again.
    private static final Duration FRESH = Duration.ofMinutes(15);

    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final TwinServer.Host host;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private volatile @Nullable Kept kept;

    public PlannerTwin(TwinServer.Host host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    private record Kept(TwinDatabase database, TargetId target, String name, Instant usedAt) {}

    /// @param session on the watched database
    /// @param wanted tables by `schema.name` that must be in it, where the database is too large
    public <T> T use(
            TargetId target,
            ReadSession session,
            Set<String> wanted,
            Deadline deadline,
            Function<TwinDatabase, T> work) {
        enter(deadline);
        try {
            var there = kept;
            var now = clock.instant();
            if (there == null || !fits(there, target, session.database(), now)) {
                end();
                there = made(target, session, wanted, deadline, now);
            }
            kept = used(there, now);
            boolean sound = false;
            try {
                var answer = work.apply(there.database());
                sound = true;
                return answer;
            } finally {
                if (!sound) {
                    // Half-way through a change it is not what it says.
                    end();
                }
            }
        } finally {
            one.unlock();
        }
    }

    private void enter(Deadline deadline) {
        try {
            if (one.tryLock(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadline.check(WHAT);
        throw new OpsException(
                OpsException.Kind.CONFLICT, WHAT, "somebody else uses the twin", "try again");
    }

    private static boolean fits(Kept there, TargetId target, String database, Instant now) {
        return there.target().equals(target)
                && there.name().equals(database)
                && there.database().leftOutTables() == 0
                && there.database().readAt().plus(FRESH).isAfter(now);
    }

    private static Kept used(Kept there, Instant now) {
        return new Kept(there.database(), there.target(), there.name(), now);
    }

    private Kept made(
            TargetId target,
            ReadSession session,
            Set<String> wanted,
            Deadline deadline,
            Instant now) {
        var image = TwinImage.read(session, wanted, now);
        deadline.check(WHAT);
        var server = host.start();
        boolean ready = false;
        try {
            var made = new TwinImport(server, image, deadline).run();
            var database = new TwinDatabase(server, image, made);
            ready = true;
            LOG.info(
                    "The planner twin of {} holds {} tables",
                    target,
                    image.schema().tables().size());
            return new Kept(database, target, session.database(), now);
        } finally {
            if (!ready) {
                server.close();
            }
        }
    }

    /// Ends the twin when nobody used it for a while; called every now and then.
    public void endIdle() {
        if (one.tryLock()) {
            try {
                var there = kept;
                if (there != null && there.usedAt().plus(IDLE).isBefore(clock.instant())) {
                    end();
                }
            } finally {
                one.unlock();
            }
        }
    }

    /// Deletes the twin with the statistics in it. Waits for whoever is using it.
    public void delete() {
        one.lock();
        try {
            end();
        } finally {
            one.unlock();
        }
    }

    /// Whether statistics of a watched database lie here now.
    public boolean isThere() {
        one.lock();
        try {
            return kept != null;
        } finally {
            one.unlock();
        }
    }

    private void end() {
        var there = kept;
        kept = null;
        if (there != null) {
            there.database().close();
        }
    }

    /// Whoever still uses it has had the time to stop: the statistics go in any case.
    @Override
    public void close() {
        boolean mine = false;
        try {
            mine = one.tryLock(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            end();
        } finally {
            if (mine) {
                one.unlock();
            }
        }
    }
}
