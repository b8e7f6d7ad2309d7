package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.DatabaseClock;
import io.lakebaseops.state.StateDb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// The audit chain of this process: its keys, what it remembers of the chain, and the watch over
/// it.
final class AuditWiring {
    private static final Logger log = LoggerFactory.getLogger(AuditWiring.class);

    /// How much of the chain may be cut off without the history telling: what was appended in so
    /// long. A row costs the history some kilobytes.
    private static final Duration ARCHIVE_EVERY = Duration.ofMinutes(10);

    private final Lazy<AuditChain> chain;

    private final Lazy<Clock> clock;

    AuditWiring(
            Home home,
            String database,
            SecretStore secrets,
            Supplier<StateDb> db,
            Supplier<Lakehouse> lakehouse,
            Clock local) {
        clock = new Lazy<>(() -> new DatabaseClock(db.get()));
        chain =
                new Lazy<>(
                        () ->
                                AuditChain.open(
                                        db.get(),
                                        secrets,
                                        home.audit(),
                                        database,
                                        new LakeHeadArchive(lakehouse, database, local),
                                        clock.get()));
    }

    /// The time all consoles on the state database agree on.
    Clock clock() {
        return clock.get();
    }

    AuditChain chain() {
        return chain.get();
    }

    void start(TaskExecutor room) {
        room.every(
                "archive audit head",
                ARCHIVE_EVERY,
                () -> room.launch("archive audit head", this::archive));
    }

    private void archive() {
        try {
            if (chain().archiveHead() instanceof ChainState.Broken(var seq, var why)) {
                log.error("The audit chain is broken at entry {}: {}", seq, why);
            }
        } catch (OpsException e) {
            log.warn("The end of the audit chain was not kept: {}", e.getMessage());
        }
    }
}
