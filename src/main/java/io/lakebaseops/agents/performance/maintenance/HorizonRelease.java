package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder.Holds;
import io.lakebaseops.agents.performance.maintenance.XminHorizon.Blocker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which dead rows of one database each holder of the horizon keeps alone. Only the oldest can
/// release anything, and no more than what died before the next one began.
record HorizonRelease(
        String database, XminHorizon horizon, DeadRowSamples samples, long nextXid, Instant now) {
    private static final int MOST_SHOWN = 20;

    /// @param held by table: dead rows that cannot go yet, where that can be told
    /// @param since when the oldest began to hold; null when nobody knows, or there is none
    record Judged(List<HorizonHolder> holders, Map<Long, Long> held, @Nullable Instant since) {
        static final Judged NOTHING = new Judged(List.of(), Map.of(), null);
    }

    private record Freed(@Nullable Long rows, long bytes, int tables) {
        static final Freed NOTHING = new Freed(0L, 0, 0);
        static final Freed UNKNOWN = new Freed(null, 0, 0);
    }

    Judged judge(List<TableState> states) {
        var here = horizon.in(database).blockers();
        var oldest = here.isEmpty() ? null : here.getFirst();
        var from = oldest == null ? null : since(oldest);
        var next =
                oldest == null
                        ? null
                        : here.stream()
                                .filter(b -> b.xminAge() < oldest.xminAge())
                                .findFirst()
                                .orElse(null);
        var until = next == null ? now : since(next);
        var held = new HashMap<Long, Long>();
        var freed = oldest == null ? Freed.NOTHING : freed(states, from, until, held);
        var holders = new ArrayList<HorizonHolder>();
        for (var b : horizon.blockers().stream().limit(MOST_SHOWN).toList()) {
            var holds = holds(b, oldest, here);
            holders.add(holder(b, holds, holds == Holds.ALONE ? freed : Freed.NOTHING));
        }
        return new Judged(holders, held, from);
    }

    private static Holds holds(Blocker b, @Nullable Blocker oldest, List<Blocker> here) {
        if (b.catalogOnly()) {
            return Holds.CATALOG;
        }
        if (oldest == null || !here.contains(b)) {
            return Holds.OTHER_DATABASE;
        }
        if (b.xminAge() < oldest.xminAge()) {
            return Holds.BEHIND;
        }
        return here.stream().filter(o -> o.xminAge() == oldest.xminAge()).count() > 1
                ? Holds.TOGETHER
                : Holds.ALONE;
    }

    private Freed freed(
            List<TableState> states,
            @Nullable Instant from,
            @Nullable Instant until,
            Map<Long, Long> held) {
        if (from == null) {
            return Freed.UNKNOWN;
        }
        long rows = 0;
        double bytes = 0;
        int tables = 0;
        boolean all = true;
        for (var t : states) {
            if (t.deadRows() == 0 && !t.countersLost()) {
                held.put(t.tableOid(), 0L);
                continue;
            }
            var ages = new DeadRowAges(t, samples.of(t.tableOid()));
            var kept = ages.diedAfter(from, from);
            if (kept != null) {
                held.put(t.tableOid(), kept);
            }
            var keptByNext = until == null ? null : ages.diedAfter(until, from);
            if (kept == null || keptByNext == null) {
                all = false;
                continue;
            }
            long alone = Math.max(0, kept - (until == now ? 0 : keptByNext));
            rows += alone;
            bytes += alone * bytesPerRow(t);
            tables += alone > 0 ? 1 : 0;
        }
        return rows == 0 && !all ? Freed.UNKNOWN : new Freed(rows, (long) bytes, tables);
    }

    private static double bytesPerRow(TableState t) {
        return (double) t.tableBytes() / Math.max(1, t.liveRows() + t.deadRows());
    }

    /// By its transaction id where somebody looked at the time, else as the server tells.
    private @Nullable Instant since(Blocker b) {
        var seen = samples.when(nextXid - b.xminAge());
        return seen == null ? b.since() : seen;
    }

    private HorizonHolder holder(Blocker b, Holds holds, Freed freed) {
        return new HorizonHolder(
                b.kind(),
                b.name(),
                b.detail(),
                b.databaseName(),
                b.xminAge(),
                b.since() == null ? samples.when(nextXid - b.xminAge()) : b.since(),
                holds,
                freed.rows(),
                freed.bytes(),
                freed.tables(),
                b.remedy(),
                b.kind().equals("session") && b.detail().contains("idle in transaction"),
                b.old());
    }
}
