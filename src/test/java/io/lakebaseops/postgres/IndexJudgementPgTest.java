package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the index queries must find, and what they must leave alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexJudgementPgTest {
    private final Pg17 server = Pg17.started(List.of());
    private final Pg17.Database db = server.database("judgement");
    private final TestTargets rig = TestTargets.of(db);

    @AfterAll
    void close() {
        rig.close();
        server.stop();
    }

    private <R extends Record> List<R> run(String name, Map<String, ?> params, Class<R> row) {
        try (var session = rig.read()) {
            return session.query(SqlName.of(name), params, row);
        }
    }

    private static ToolContext context(TestTargets rig) {
        return new ToolContext(
                UUID.randomUUID(),
                rig.target(),
                Actor.human("ada"),
                TestTargets.deadline(),
                Clock.systemUTC(),
                ToolContext.Progress.SILENT);
    }

    private List<String> duplicates(String schema) {
        var found = new DetectDuplicateIndexes(rig.targets(), rig.sql());
        return ToolRig.found(found.run(new DetectDuplicateIndexes.Input(), context(rig)))
                .data()
                .pairs()
                .stream()
                .filter(d -> d.database().equals(db.name()) && d.schema().equals(schema))
                .map(d -> d.redundant() + " " + d.kind() + " " + d.keep())
                .sorted()
                .toList();
    }

    private List<DetectMissingFkIndexes.Gap> gaps(String schema) {
        var found = new DetectMissingFkIndexes(rig.targets(), rig.sql());
        return ToolRig.found(found.run(new DetectMissingFkIndexes.Input(), context(rig)))
                .data()
                .gaps()
                .stream()
                .filter(g -> g.database().equals(db.name()) && g.schema().equals(schema))
                .toList();
    }

    @Test
    void onlyTrulyRedundantIndexesAreCalledSo() {
        db.asDba(
                "create schema d",
                "create table d.t (a int, b int, c text, d text, e jsonb, primary key (a))",
                "create index exact1 on d.t (b, c)",
                "create index exact2 on d.t (b, c)",
                "create index prefix1 on d.t (b)",
                "create index expr1 on d.t (lower(c), b)",
                "create index expr2 on d.t (lower(c))",
                "create index part1 on d.t (d) where b > 1",
                "create index part2 on d.t (d) where b > 1",
                "create index like_pk on d.t (a)",
                "create index inc1 on d.t (d, a) include (b)",
                "create index inc2 on d.t (d, a) include (b, c)",
                // None of these is like another one:
                "create index other_expr on d.t (upper(c))",
                "create index other_pred on d.t (d) where b > 2",
                "create index other_order on d.t (b desc)",
                "create index other_nulls on d.t (b nulls first)",
                "create index other_class on d.t (c text_pattern_ops)",
                "create index other_coll on d.t (c collate \"C\")",
                "create index plain_c on d.t (c)",
                "create unique index enforces on d.t (b)",
                "create index hash_b on d.t using hash (b)",
                "create index gin_e on d.t using gin (e)",
                "create index gin_path on d.t using gin (e jsonb_path_ops)",
                "create unique index nulls_differ on d.t (c, a)",
                "create unique index nulls_same on d.t (c, a) nulls not distinct",
                "create table d.q (a int, b int, unique (a) deferrable, unique (b))",
                "create unique index at_once on d.q (a)");
        assertThat(duplicates("d"))
                .containsExactlyInAnyOrder(
                        "exact2 same exact1",
                        "prefix1 same enforces",
                        "expr2 prefix expr1",
                        "part2 same part1",
                        "like_pk same t_pkey",
                        "inc1 narrower inc2",
                        "plain_c prefix nulls_differ");
    }

    @Test
    void aPartOfAPartitionedIndexIsNeverNamedAlone() {
        db.asDba(
                "create schema p",
                "create table p.t (a int, b int) partition by range (a)",
                "create table p.t1 partition of p.t for values from (0) to (10)",
                "create table p.t2 partition of p.t for values from (10) to (20)",
                "create index one on p.t (b)",
                "create index two on p.t (b)",
                "create index own on p.t1 (b)");
        assertThat(duplicates("p")).hasSize(2).contains("two same one");
        assertThat(duplicates("p")).anyMatch(d -> d.startsWith("own same t1_b_idx"));
        var unused =
                run("indexes/unused_indexes", Map.of("min_bytes", 0), NamedRows.UnusedIndex.class)
                        .stream()
                        .filter(u -> u.schemaName().equals("p"))
                        .toList();
        assertThat(unused)
                .extracting(NamedRows.UnusedIndex::indexName)
                .containsExactlyInAnyOrder("one", "two", "own");
        assertThat(unused)
                .filteredOn(u -> u.indexName().equals("one"))
                .allMatch(u -> u.isPartitioned() && u.parts() == 2);
    }

    @Test
    void aForeignKeyIsServedExactlyByWhatThePlannerCanUse() {
        db.asDba(
                "create schema f",
                "create table f.p (a int, b int, c text, primary key (a, b), unique (c), unique"
                        + " (a))",
                "create table f.k (id int, a int, b int, c text, n int,"
                        + " constraint none foreign key (a, b) references f.p,"
                        + " constraint bare foreign key (c) references f.p (c))",
                "create index only_second on f.k (n, a, b)",
                "create index narrow on f.k (c) where n > 1",
                "create table f.s (a int, b int, c text, d int, e int,"
                        + " constraint any_order foreign key (a, b) references f.p,"
                        + " constraint by_hash foreign key (c) references f.p (c),"
                        + " constraint by_partial foreign key (d) references f.p (a),"
                        + " constraint by_expr foreign key (e) references f.p (a))",
                "create index on f.s (b, a)",
                "create index on f.s using hash (c)",
                "create index on f.s (d) where d is not null",
                "create index on f.s ((e + 0))",
                "create table f.inc (a int, b int, constraint by_include foreign key (a, b)"
                        + " references f.p)",
                "create index on f.inc (a) include (b)",
                "create table f.nulls (a int, b int, constraint both_nulls foreign key (a, b)"
                        + " references f.p)",
                "create index on f.nulls (b, a) where a is not null and b is not null",
                "create table f.part (a int, b int, constraint half foreign key (a) references f.p"
                        + " (a)) partition by list (b)",
                "create table f.part1 partition of f.part for values in (1)",
                "create table f.part2 partition of f.part for values in (2)",
                "create index on f.part1 (a)");
        var missing = gaps("f");
        assertThat(missing)
                .extracting(DetectMissingFkIndexes.Gap::constraint)
                .containsExactlyInAnyOrder("none", "bare", "by_expr", "by_include", "half");
        assertThat(missing)
                .filteredOn(m -> m.constraint().equals("none"))
                .singleElement()
                .satisfies(m -> assertThat(m.columns()).containsExactly("a", "b"));
        assertThat(missing)
                .filteredOn(m -> m.constraint().equals("half"))
                .singleElement()
                .satisfies(m -> assertThat(m.table()).isEqualTo("part"));
        db.asDba("create index on f.part (a)");
        assertThat(gaps("f")).noneMatch(m -> m.constraint().equals("half"));
    }

    @Test
    void bloatIsSeenWhereItIsAndNotWhereKeysRepeat() {
        db.asDba(
                "create schema b",
                "create table b.t (id bigint, kind int, flag bool, u uuid default"
                        + " gen_random_uuid(), w text)",
                "insert into b.t select g, g % 7, g % 2 = 0, gen_random_uuid(), 'w' || g from"
                        + " generate_series(1, 60000) g",
                "create index fresh on b.t (id)",
                "create index few on b.t (kind)",
                "create index padded on b.t (flag, id)",
                "create index words on b.t (w)",
                "create table b.gone (id bigint)",
                "insert into b.gone select generate_series(1, 60000)",
                "create index hollow on b.gone (id)",
                "delete from b.gone where id % 10 <> 0",
                "vacuum analyze b.gone",
                "analyze b.t");
        var all =
                run(
                                "indexes/bloated_indexes",
                                Map.of("min_bytes", 0, "min_ratio", 0.0),
                                NamedRows.BloatedIndex.class)
                        .stream()
                        .filter(i -> i.schemaName().equals("b"))
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        NamedRows.BloatedIndex::indexName,
                                        NamedRows.BloatedIndex::bloatRatio));
        System.out.println("bloat ratios " + all);
        for (var sound : List.of("fresh", "few", "padded", "words")) {
            assertThat(all.get(sound)).as(sound).isBetween(0.9, 1.1);
        }
        assertThat(all.get("hollow")).isGreaterThan(5);
    }

    @Test
    void tablesWithoutAnyIndexAreNotOverlooked() {
        db.asDba(
                "create schema m",
                "create table m.heap as select g as id from generate_series(1, 20000) g",
                "analyze m.heap");
        for (int i = 0; i < 5; i++) {
            db.asDba("select count(*) from m.heap");
        }
        db.asAdmin("select pg_stat_force_next_flush()");
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(
                                                run(
                                                        "indexes/missing_indexes",
                                                        Map.of(
                                                                "min_rows",
                                                                10000,
                                                                "min_seq_scans",
                                                                3),
                                                        NamedRows.MissingIndex.class))
                                        .anyMatch(
                                                m ->
                                                        m.tableName().equals("heap")
                                                                && !m.hasIndex()));
    }

    @Test
    void thresholdsFollowTheTableAndToastStandsForItself() {
        db.asDba(
                "create schema v",
                "create table v.own (id int) with (autovacuum_vacuum_threshold = 10,"
                        + " autovacuum_vacuum_scale_factor = 0)",
                "create table v.usual (id int)",
                "insert into v.own select generate_series(1, 1000)",
                "insert into v.usual select generate_series(1, 1000)",
                "analyze v.own",
                "analyze v.usual",
                "delete from v.own where id <= 20",
                "delete from v.usual where id <= 20");
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> {
                            var found =
                                    run(
                                            "maintenance/autovacuum_candidates",
                                            Map.of(),
                                            NamedRows.AutovacuumCandidate.class);
                            assertThat(found)
                                    .filteredOn(c -> c.tableName().equals("own"))
                                    .singleElement()
                                    .satisfies(c -> assertThat(c.reasons()).contains("dead_rows"));
                            assertThat(found)
                                    .filteredOn(c -> c.tableName().equals("usual"))
                                    .allSatisfy(
                                            c ->
                                                    assertThat(c.reasons())
                                                            .doesNotContain("dead_rows"));
                        });
    }
}
