package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder.Holds;
import io.lakebaseops.agents.performance.maintenance.XminHorizon.Blocker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which dead rows of one database go if a holder of the horizon ends: alone, which only the oldest
/// can release, and no more than what died before the next one began; or with all that stand before
/// or beside it.
record HorizonRelease(
        String database, XminHorizon horizon, DeadRowSamples samples, long nextXid, Instant now) {
    private static final int MOST_SHOWN = 20;

    /// Holders one after the other for which it is told what would go with those before.
    private static final int MOST_STEPS = 6;

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
        var held = new HashMap<Long, Long>();
        var kept = from == null ? null : kept(states, from, held);
        // What goes with all of a certain age and older.
        var freed = new HashMap<Long, Freed>();
        for (var b : here) {
            if (freed.size() < MOST_STEPS && !freed.containsKey(b.xminAge())) {
                freed.put(
                        b.xminAge(),
                        from == null || kept == null
                                ? Freed.UNKNOWN
                                : freed(kept, from, until(b, here)));
            }
        }
        var holders = new ArrayList<HorizonHolder>();
        for (var b : horizon.blockers().stream().limit(MOST_SHOWN).toList()) {
            var holds = holds(b, oldest, here);
            var withOlder =
                    here.contains(b)
                            ? freed.getOrDefault(b.xminAge(), Freed.UNKNOWN)
                            : Freed.NOTHING;
            int others = (int) here.stream().filter(o -> o.xminAge() >= b.xminAge()).count() - 1;
            holders.add(
                    holder(
                            b,
                            holds,
                            holds == Holds.ALONE ? withOlder : Freed.NOTHING,
                            new HorizonHolder.WithOlder(
                                    withOlder.rows(), withOlder.bytes(), Math.max(0, others))));
        }
        return new Judged(holders, held, from);
    }

    /// When the next younger one began; null when nobody knows.
    private @Nullable Instant until(Blocker b, List<Blocker> here) {
        return here.stream()
                .filter(o -> o.xminAge() < b.xminAge())
                .findFirst()
                .map(this::since)
                .orElseGet(() -> youngest(b, here) ? now : null);
    }

    private static boolean youngest(Blocker b, List<Blocker> here) {
        return here.stream().noneMatch(o -> o.xminAge() < b.xminAge());
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

    /// @param rows that the oldest holder keeps; null when nobody can tell
    private record Kept(DeadRowAges ages, @Nullable Long rows) {}

    /// Tables with dead rows, read once for all holders.
    private List<Kept> kept(List<TableState> states, Instant from, Map<Long, Long> held) {
        var kept = new ArrayList<Kept>();
        for (var t : states) {
            if (t.deadRows() == 0 && !t.countersLost()) {
                held.put(t.tableOid(), 0L);
                continue;
            }
            var ages = new DeadRowAges(t, samples.of(t.tableOid()));
            var rows = ages.diedAfter(from, from);
            if (rows != null) {
                held.put(t.tableOid(), rows);
            }
            kept.add(new Kept(ages, rows));
        }
        return kept;
    }

    private Freed freed(List<Kept> kept, Instant from, @Nullable Instant until) {
        long rows = 0;
        double bytes = 0;
        int tables = 0;
        boolean all = true;
        for (var t : kept) {
            var keptByNext = until == null ? null : t.ages().diedAfter(until, from);
            if (t.rows() == null || keptByNext == null) {
                all = false;
                continue;
            }
            long alone = Math.max(0, t.rows() - (until == now ? 0 : keptByNext));
            rows += alone;
            bytes += alone * bytesPerRow(t.ages().table());
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

    private HorizonHolder holder(
            Blocker b, Holds holds, Freed freed, HorizonHolder.WithOlder withOlder) {
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
                withOlder,
                b.remedy(),
                b.kind().equals("session") && b.detail().contains("idle in transaction"),
                b.old());
    }
}
