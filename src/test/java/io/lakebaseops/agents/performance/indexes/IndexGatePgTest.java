package io.lakebaseops.agents.performance.indexes;

import static io.lakebaseops.testing.NastyNames.quoted;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.testing.NastyNames;
import io.lakebaseops.testing.Pg17;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/// Index plans through the real gate and back, as a role without superuser, whatever things are
/// called.
final class IndexGatePgTest {
    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static final int SCHEMAS = 8;

    private static final String INDEXES =
            "select string_agg(pg_get_indexdef(indexrelid) || indisvalid, e'\\n' order by"
                    + " indexrelid::regclass::text) from pg_index join pg_class c on c.oid ="
                    + " indexrelid where relnamespace <> 'pg_catalog'::regnamespace and"
                    + " relnamespace <> 'pg_toast'::regnamespace";

    private static @Nullable String indexes(Pg17.Database database) {
        return database.scalar(INDEXES);
    }

    private static List<ChangePlan> plans(ToolRig rig, Pg17.Database database) {
        var duplicates =
                new DetectDuplicateIndexes(rig.targets(), rig.sql())
                        .run(new DetectDuplicateIndexes.Input(), rig.context());
        var missing =
                new DetectMissingFkIndexes(rig.targets(), rig.sql())
                        .run(new DetectMissingFkIndexes.Input(), rig.context());
        return java.util.stream.Stream.concat(
                        ToolRig.found(duplicates).findings().stream(),
                        ToolRig.found(missing).findings().stream())
                .filter((Finding f) -> database.name().equals(f.subject().database()))
                .flatMap(
                        f ->
                                f.remedy() instanceof DropIndex
                                        ? DuplicateIndexesPgTest.plans(rig, f).stream()
                                        : MissingFkIndexesPgTest.plans(rig, f).stream())
                .toList();
    }

    /// Each alone, so that the undo is compared with exactly what was there before.
    private static void thereAndBack(GateRig gate, Pg17.Database database, ChangePlan plan) {
        var before = indexes(database);
        var done = gate.carryOut(plan);
        assertThat(done.state())
                .as("%s: %s", plan.title(), done.reason())
                .isEqualTo(FiledPlan.State.DONE);
        assertThat(done.verification()).as(plan.title()).isInstanceOf(Verification.Confirmed.class);
        assertThat(indexes(database)).as(plan.title()).isNotEqualTo(before);
        var undone = gate.undo(done);
        assertThat(undone.state())
                .as("undo of %s: %s", plan.title(), undone.reason())
                .isEqualTo(FiledPlan.State.UNDONE);
        assertThat(indexes(database)).as("undo of %s", plan.title()).isEqualTo(before);
    }

    @Test
    void plansOnThingsOfAnyNameRunAndComeBackIdentical() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var database = SERVER.database("Idx \"gate\".x");
        for (var schema : NastyNames.random(random, SCHEMAS)) {
            var names = NastyNames.random(random, 7);
            var s = quoted("s" + schema);
            var parent = s + "." + quoted(names.get(0));
            var child = s + "." + quoted(names.get(1));
            var key = quoted(names.get(2));
            var other = quoted(names.get(3));
            database.asDba(
                    "create schema " + s,
                    "create table %s (%s int primary key)".formatted(parent, key),
                    "create table %s (%s int, %s int references %s)"
                            .formatted(child, key, other, parent),
                    "create index %s on %s (%s)".formatted(quoted("i" + names.get(4)), child, key),
                    "create index %s on %s (%s, (%s + 1)) where %s > 7"
                            .formatted(quoted("j" + names.get(5)), child, key, other, other),
                    "create index %s on %s (%s) include (%s) with (fillfactor = 70)"
                            .formatted(quoted("k" + names.get(6)), child, key, other),
                    "create index %s on %s (%s)".formatted(quoted("l" + schema), child, key));
        }
        try (var gate = GateRig.of(database)) {
            var plans = plans(gate.tools(), database);
            assertThat(plans).as("seed " + seed).hasSizeGreaterThanOrEqualTo(2 * SCHEMAS);
            assertThat(plans)
                    .as("seed " + seed)
                    .allSatisfy(plan -> thereAndBack(gate, database, plan));
        }
    }

    @Test
    void partitionedOnesRunAndComeBackWithTheirParts() {
        var database = SERVER.database("Idx \"parts\"");
        database.asDba(
                "create schema \"P's\"",
                "create table \"P's\".\"to\" (x int primary key)",
                "create table \"P's\".\"Ev:ent\" (at date, k int, \"r ef\" int references"
                        + " \"P's\".\"to\") partition by range (at)",
                "create table \"P's\".\"e.1\" partition of \"P's\".\"Ev:ent\" for values from"
                        + " ('2026-01-01') to ('2026-02-01')",
                "create table \"P's\".\"e;2\" partition of \"P's\".\"Ev:ent\" for values from"
                        + " ('2026-02-01') to ('2026-03-01') partition by list (k)",
                "create table \"P's\".\"e 2a\" partition of \"P's\".\"e;2\" default",
                "create index \"k'1\" on \"P's\".\"Ev:ent\" (k)",
                "create index \"k\"\"2\" on \"P's\".\"Ev:ent\" (k)");
        try (var gate = GateRig.of(database)) {
            var plans = plans(gate.tools(), database);
            assertThat(plans).hasSize(2);
            assertThat(plans).allSatisfy(plan -> thereAndBack(gate, database, plan));
            // A partitioned index can only be dropped under a lock on the whole table.
            assertThat(gate.desk().history(10))
                    .filteredOn(p -> p.plan().verb().equals("Drop index"))
                    .allMatch(p -> p.risk().level() == RiskLevel.HIGH);
        }
    }

    @Test
    void aPlanMadeBeforeTheTableChangedRunsNothing() {
        var database = SERVER.database("idx_stale");
        database.asDba(
                "create table t(a int)", "create index i1 on t(a)", "create index i2 on t(a)");
        try (var gate = GateRig.of(database)) {
            var plan = plans(gate.tools(), database).getFirst();
            database.asDba("drop index i1", "create index i1 on t(a) where a > 0");
            assertThat(gate.carryOut(plan).state()).isEqualTo(FiledPlan.State.SUPERSEDED);
            assertThat(database.scalar("select count(*) from pg_indexes where tablename = 't'"))
                    .isEqualTo("2");
        }
    }
}
