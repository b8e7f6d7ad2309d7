package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Facts about the statements of this moment. What each did between two readings is compared with
/// its own past: its mean time, the blocks it reads per call, how often it is called.
final class StatementFacts {
    static final SqlName FACTS = SqlName.of("diagnosis/statement_facts");
    private static final SqlName OWN = SqlName.of("monitoring/own_statements");

    /// Fewer calls are no past to compare with.
    private static final long ENOUGH_CALLS = 20;

    /// Below this share of the time, and this mean, a statement is not what makes a server slow.
    private static final double NOTICEABLE = 0.1;

    private static final double NOTICEABLE_MS = 5;

    /// More rows than this are worth a call.
    private static final double FEW_ROWS = 2;

    /// A past shorter than this says nothing about what is usual.
    private static final double ENOUGH_SECONDS = 5;

    private final ReadSession session;
    private final Clock clock;
    private final Facts facts;

    StatementFacts(ReadSession session, Clock clock, Facts facts) {
        this.session = session;
        this.clock = clock;
        this.facts = facts;
    }

    private record Row(
            long dbid,
            long userid,
            boolean toplevel,
            long queryid,
            long calls,
            double execMs,
            long rowCount,
            long blocks,
            long tempBytes,
            double seconds) {
        Key key() {
            return new Key(dbid, userid, toplevel, queryid);
        }
    }

    private record Key(long dbid, long userid, boolean toplevel, long queryid) {}

    /// The counters of all statements at one moment.
    record Totals(Instant at, Map<Key, Row> rows) {}

    /// What a statement did between two readings.
    private record Work(
            Row past, long calls, double execMs, long rows, long blocks, long tempBytes) {
        double mean() {
            return execMs / calls;
        }

        boolean hasPast() {
            return past.calls() >= ENOUGH_CALLS;
        }

        double slower() {
            return mean() / Math.max(0.001, past.execMs() / past.calls());
        }

        double moreBlocks() {
            return ((double) blocks / calls) / Math.max(1, (double) past.blocks() / past.calls());
        }
    }

    /// Null where the extension is missing or cannot be read.
    @Nullable Totals totals() {
        if (!session.capabilities().has("pg_stat_statements")) {
            facts.gap("pg_stat_statements is not installed: which statements are slow is unknown");
            return null;
        }
        try {
            var rows =
                    session.query(FACTS, Map.of(), Row.class).stream()
                            .collect(Collectors.toMap(Row::key, r -> r, (a, _) -> a));
            return new Totals(clock.instant(), rows);
        } catch (OpsException e) {
            return switch (e.kind()) {
                case UNREACHABLE, CANCELLED, TIMEOUT -> throw e;
                case DENIED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL -> {
                    facts.gap("pg_stat_statements cannot be read: " + e.why());
                    yield null;
                }
            };
        }
    }

    void read(@Nullable Totals before) {
        var now = before == null ? null : totals();
        if (before == null || now == null) {
            return;
        }
        double seconds = Duration.between(before.at(), now.at()).toMillis() / 1000.0;
        var work = worked(before, now);
        if (seconds <= 0 || work.isEmpty()) {
            return;
        }
        spilled(work.stream().mapToLong(Work::tempBytes).sum() / seconds);
        double all = work.stream().mapToDouble(Work::execMs).sum();
        slower(
                work.stream()
                        .filter(w -> w.hasPast() && w.execMs() >= NOTICEABLE * all)
                        .filter(w -> w.mean() >= NOTICEABLE_MS)
                        .toList());
        work.stream()
                .filter(w -> w.rows() <= FEW_ROWS * w.calls())
                .filter(w -> w.past().seconds() >= ENOUGH_SECONDS)
                .max(Comparator.comparingLong(Work::calls))
                .ifPresent(w -> tiny(w, seconds));
    }

    /// The server's own figure comes with the rounds of measuring; this one is of this second.
    private void spilled(double bytesPerSecond) {
        double known = facts.find(FactName.TEMP_RATE).map(Fact::value).orElse(0.0);
        if (bytesPerSecond > known) {
            facts.add(
                    FactName.TEMP_RATE,
                    bytesPerSecond,
                    Format.size(bytesPerSecond) + " of temporary files a second");
        }
    }

    private List<Work> worked(Totals before, Totals now) {
        var work = new HashMap<Key, Work>();
        now.rows()
                .forEach(
                        (key, row) -> {
                            var past = before.rows().get(key);
                            if (past != null && row.calls() > past.calls()) {
                                work.put(key, work(past, row));
                            }
                        });
        if (!work.isEmpty()) {
            var own = own();
            work.keySet().removeIf(key -> own.contains(key.queryid()));
        }
        return List.copyOf(work.values());
    }

    private static Work work(Row past, Row row) {
        return new Work(
                past,
                row.calls() - past.calls(),
                row.execMs() - past.execMs(),
                row.rowCount() - past.rowCount(),
                row.blocks() - past.blocks(),
                row.tempBytes() - past.tempBytes());
    }

    private Set<Long> own() {
        return session.query(OWN).list().stream()
                .map(row -> row.get("queryid"))
                .filter(Number.class::isInstance)
                .map(id -> ((Number) id).longValue())
                .collect(Collectors.toSet());
    }

    private void slower(List<Work> costly) {
        costly.stream()
                .max(Comparator.comparingDouble(Work::slower))
                .ifPresent(
                        w -> {
                            var id = w.past().queryid();
                            facts.add(
                                    FactName.SLOWER_STATEMENT,
                                    w.slower(),
                                    "statement %d takes %s ms a call, %s times its mean so far"
                                            .formatted(
                                                    id,
                                                    Format.digits(w.mean()),
                                                    Format.digits(w.slower())));
                            facts.add(
                                    FactName.BLOCKS_PER_CALL_FACTOR,
                                    w.moreBlocks(),
                                    "statement %d reads %s blocks a call, %s times as many as before"
                                            .formatted(
                                                    id,
                                                    Format.grouped(w.blocks() / w.calls()),
                                                    Format.digits(w.moreBlocks())));
                        });
    }

    private void tiny(Work w, double seconds) {
        double rate = w.calls() / seconds;
        double usual = w.past().calls() / w.past().seconds();
        facts.add(
                FactName.TINY_STATEMENT_RATE,
                rate,
                "statement %d is called %s times a second and gives %s rows a call"
                        .formatted(
                                w.past().queryid(),
                                Format.digits(rate),
                                Format.digits((double) w.rows() / w.calls())));
        facts.add(
                FactName.TINY_STATEMENT_FACTOR,
                rate / Math.max(0.1, usual),
                "that is %s times as often as so far"
                        .formatted(Format.digits(rate / Math.max(0.1, usual))));
    }
}
