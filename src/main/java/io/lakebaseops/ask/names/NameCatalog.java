package io.lakebaseops.ask.names;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the names of each server that was asked about, read once and again when they are old; a
/// suspended compute is not woken for them.
public final class NameCatalog {
    private static final Logger log = LoggerFactory.getLogger(NameCatalog.class);
    private static final SqlName NAMES = SqlName.of("ask/names");

    /// A table made meanwhile is found by then.
    private static final Duration FRESH = Duration.ofMinutes(5);

    /// Names of one database; beyond that the smallest are left out.
    private static final int MOST = 50_000;

    /// Databases whose names are read.
    private static final int DATABASES = 12;

    private final Targets targets;
    private final Clock clock;
    private final Map<TargetId, NameIndex> known = new ConcurrentHashMap<>();

    public NameCatalog(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    record Row(
            String kind,
            @Nullable String schemaName,
            String objectName,
            @Nullable String tableName) {}

    /// @param awake false: what is remembered, however old
    public NameIndex of(TargetId target, boolean awake, Deadline deadline) {
        var before = known.get(target);
        var now = clock.instant();
        if (!awake || before != null && before.readAt().plus(FRESH).isAfter(now)) {
            return before == null ? NameIndex.EMPTY : before;
        }
        try {
            var index = new NameIndex(read(target, deadline), now);
            known.put(target, index);
            return index;
        } catch (OpsException e) {
            if (deadline.cancelled()) {
                throw e;
            }
            log.info("The names of {} could not be read: {}", target, e.getMessage());
            return before == null ? new NameIndex(List.of(), Instant.EPOCH) : before;
        }
    }

    private List<ServerName> read(TargetId target, Deadline deadline) {
        var names = new ArrayList<ServerName>();
        boolean first = true;
        for (var database :
                targets.databases(target, deadline).stream().limit(DATABASES).toList()) {
            names.add(new ServerName("database", "", "", database, ""));
            try (var session = targets.read(target, database, deadline)) {
                for (var row :
                        session.query(NAMES, Map.of("most", MOST, "shared", first), Row.class)) {
                    var schema = row.schemaName();
                    names.add(
                            new ServerName(
                                    row.kind(),
                                    schema == null ? "" : database,
                                    schema == null ? "" : schema,
                                    row.objectName(),
                                    row.tableName() == null ? "" : row.tableName()));
                }
                first = false;
            } catch (OpsException e) {
                // One database that does not let us in leaves the others.
                if (e.kind() != OpsException.Kind.DENIED) {
                    throw e;
                }
            }
        }
        return names;
    }
}
