package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.ScriptTrace;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Observes what a statement locked, rewrote and scanned. Compares what the session holds and sees
/// before and after it. Outside a transaction locks are gone by then: they are looked at from a
/// second connection while the statement runs.
final class StatementTracer {
    private static final SqlName IN_TRANSACTION = SqlName.of("trial/relations_in_transaction");
    private static final SqlName LOCKS_HELD = SqlName.of("trial/locks_in_transaction");
    private static final SqlName SETTLED = SqlName.of("trial/relations_settled");
    private static final SqlName FLUSH = SqlName.of("trial/flush_statistics");

    private final PgConnection connection;
    private final StatementExecutor wire;
    private final SqlLibrary sql;
    private final Supplier<LockSampler> another;
    private final Executor background;
    private Map<Long, Relation> before = Map.of();
    private Set<Long> known = Set.of();
    private Map<Long, LockLevel> sampled = Map.of();
    private boolean transactional;

    /// @param another samples on a second connection
    StatementTracer(
            PgConnection connection,
            StatementExecutor wire,
            SqlLibrary sql,
            Supplier<LockSampler> another,
            Executor background) {
        this.connection = connection;
        this.wire = wire;
        this.sql = sql;
        this.another = another;
        this.background = background;
    }

    private record Relation(
            String name, String kind, long file, long scanned, long scans, LockLevel lock) {}

    void begin(boolean inTransaction) {
        transactional = inTransaction;
        before = relations();
        known = Set.copyOf(before.keySet());
    }

    /// From now until closed, the locks of our session are looked at from outside.
    AutoClosing watchLocks() {
        var sampler = another.get();
        background.execute(sampler);
        return () -> sampled = sampler.end();
    }

    @FunctionalInterface
    interface AutoClosing extends AutoCloseable {
        @Override
        void close();
    }

    ScriptTrace.Observation observe() {
        if (!transactional) {
            query(FLUSH);
        }
        var after = relations();
        var seen =
                new ScriptTrace.Observation(
                        locks(after), rewritten(after), built(after), scans(after), !transactional);
        before = after;
        return seen;
    }

    private List<ScriptTrace.Lock> locks(Map<Long, Relation> after) {
        var held = new HashMap<Long, LockLevel>();
        if (transactional) {
            query(LOCKS_HELD).list().forEach(r -> held.put(oid(r), strongest(r.get("modes"))));
        } else {
            held.putAll(sampled);
        }
        var locks = new ArrayList<ScriptTrace.Lock>();
        held.forEach(
                (oid, level) -> {
                    var then = before.get(oid);
                    // What is new in this transaction nobody else can wait for.
                    if (then != null && known.contains(oid) && level.compareTo(then.lock()) > 0) {
                        var now = after.getOrDefault(oid, then);
                        locks.add(new ScriptTrace.Lock(now.name(), now.kind(), level));
                    }
                });
        locks.sort(
                Comparator.comparing(ScriptTrace.Lock::level)
                        .reversed()
                        .thenComparing(ScriptTrace.Lock::relation));
        return locks;
    }

    private List<String> rewritten(Map<Long, Relation> after) {
        return names(
                after,
                (then, now) ->
                        then != null
                                && then.file() != now.file()
                                && then.file() != 0
                                && now.file() != 0
                                && !now.kind().equals("index")
                                && !now.kind().equals("sequence"));
    }

    private List<String> built(Map<Long, Relation> after) {
        return names(
                after,
                (then, now) ->
                        now.kind().equals("index")
                                && now.file() != 0
                                && (then == null || then.file() != now.file()));
    }

    private List<String> names(Map<Long, Relation> after, Change change) {
        return after.entrySet().stream()
                .filter(e -> change.is(before.get(e.getKey()), e.getValue()))
                .map(e -> e.getValue().name())
                .sorted()
                .toList();
    }

    @FunctionalInterface
    private interface Change {
        boolean is(@Nullable Relation then, Relation now);
    }

    private List<ScriptTrace.Scan> scans(Map<Long, Relation> after) {
        var scans = new ArrayList<ScriptTrace.Scan>();
        after.forEach(
                (oid, now) -> {
                    var then = before.get(oid);
                    long rows = now.scanned() - (then == null ? 0 : then.scanned());
                    boolean table = !now.kind().equals("index") && !now.kind().equals("sequence");
                    if (table && then != null && rows > 0) {
                        scans.add(new ScriptTrace.Scan(now.name(), rows));
                    }
                });
        scans.sort(Comparator.comparing(ScriptTrace.Scan::relation));
        return scans;
    }

    private Map<Long, Relation> relations() {
        var relations = new HashMap<Long, Relation>();
        for (var row : query(transactional ? IN_TRANSACTION : SETTLED).list()) {
            relations.put(
                    oid(row),
                    new Relation(
                            String.valueOf(row.get("relation")),
                            String.valueOf(row.get("kind")),
                            number(row.get("file")),
                            number(row.get("scanned")),
                            number(row.get("scans")),
                            strongest(row.get("modes"))));
        }
        return relations;
    }

    private Rows query(SqlName name) {
        var text = SqlLibrary.sent(sql.file(name, 0), Map.of());
        return wire.run("Query " + name, ParameterizedSql.of(text), (_, _, _) -> {});
    }

    static long oid(Map<String, ?> row) {
        return number(row.get("oid"));
    }

    private static long number(@Nullable Object cell) {
        return cell instanceof Number n ? n.longValue() : 0;
    }

    static LockLevel strongest(@Nullable Object modes) {
        return modes instanceof List<?> list
                ? list.stream()
                        .map(m -> LockLevel.ofMode(String.valueOf(m)))
                        .max(Comparator.naturalOrder())
                        .orElse(LockLevel.NONE)
                : LockLevel.NONE;
    }
}
