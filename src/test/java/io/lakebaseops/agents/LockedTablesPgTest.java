package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nothing that reads sizes waits for another session that locks a table, an index or a partition
/// exclusively; what is locked is counted by the pages of the catalog.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LockedTablesPgTest {
    private static final Pattern WAITS =
            Pattern.compile("pg_(table|relation|total_relation|indexes)_size|pg_partition_tree");

    /// Every statement that reads sizes of relations, or all parts of one, with its values here.
    private static final Map<String, Map<String, ?>> READING =
            Map.ofEntries(
                    Map.entry("archival/cold_candidates", Map.of()),
                    Map.entry("branching/changed_tables", Map.of()),
                    Map.entry(
                            "governance/rls_tables",
                            Map.of(
                                    "schema_name",
                                    "public",
                                    "table_names",
                                    List.of("big", "parts", "other"),
                                    "column_name",
                                    "id")),
                    Map.entry("ask/growing_tables", Map.of("limit", 10)),
                    Map.entry(
                            "ask/index_use",
                            Map.of("schema_name", "public", "index_name", "big_down")),
                    Map.entry("ask/invalid_indexes", Map.of()),
                    Map.entry("ask/largest_indexes", Map.of("limit", 10)),
                    Map.entry("ask/largest_tables", Map.of("limit", 10)),
                    Map.entry(
                            "ask/partitions",
                            Map.of("schema_name", "public", "table_name", "parts")),
                    Map.entry("ask/schema_sizes", Map.of()),
                    Map.entry("ask/seq_scans", Map.of("limit", 10)),
                    Map.entry(
                            "ask/table_impact",
                            Map.of("schema_name", "public", "table_name", "big")),
                    Map.entry(
                            "ask/table_indexes",
                            Map.of("schema_name", "public", "table_name", "big")),
                    Map.entry(
                            "ask/table_size", Map.of("schema_name", "public", "table_name", "big")),
                    Map.entry("ask/tables_without_key", Map.of()),
                    Map.entry("ask/views", Map.of()),
                    Map.entry("indexes/bloated_indexes", Map.of("min_bytes", 0, "min_ratio", 0.0)),
                    Map.entry("indexes/catalog_tables", everyTable()),
                    Map.entry(
                            "indexes/index_usage",
                            Map.of("schema_name", "public", "index_name", "parts_v")),
                    Map.entry("indexes/missing_fk_indexes", Map.of()),
                    Map.entry(
                            "indexes/partition_tables",
                            Map.of("schema_name", "public", "table_name", "parts")),
                    Map.entry(
                            "indexes/table_indexes",
                            Map.of("schema_name", "public", "table_name", "big")),
                    Map.entry("indexes/unused_indexes", Map.of("min_bytes", 0)),
                    Map.entry(
                            "maintenance/partition_leaves",
                            Map.of("schema_name", "public", "table_name", "parts")),
                    Map.entry(
                            "migration/table_facts",
                            Map.of("names", List.of("big", "parts", "other"))),
                    Map.entry("monitoring/disk_readers", Map.of()),
                    Map.entry(
                            "reconcile/table_shape",
                            Map.of("schema_name", "public", "table_name", "big")),
                    Map.entry(
                            "twin/relations",
                            Map.of("tables", List.of("public.big", "public.other"))),
                    Map.entry("monitoring/worst_dead_rows", Map.of("min_rows", 0, "min_bytes", 0)));

    private final Pg17 server = Pg17.started(List.of());
    private final Pg17.Database database = server.database("locked");
    private final ToolRig rig = ToolRig.of(database);
    private Connection locking;

    @BeforeAll
    void locks() throws SQLException {
        database.asDba(
                "create table big (id int primary key, v text, at timestamptz) with (autovacuum_enabled = off)",
                "insert into big (id, v) select g, repeat(md5(g::text), 100) from generate_series(1, 3000) g",
                "create index big_down on big (id desc)",
                "create table other (id int, big_id int references big)",
                "insert into other select g, 1 + g % 1000 from generate_series(1, 3000) g",
                "create index other_id on other (id)",
                "create index other_id_too on other (id)",
                "create table spare (id int primary key, v int)",
                "create index spare_v on spare (v)",
                "create view ids as select id from other",
                "create table parts (id int, v int) partition by range (id)",
                "create table part_1 partition of parts for values from (0) to (9000)",
                "insert into parts select g, g from generate_series(1, 3000) g",
                "create index parts_v on parts (v)",
                "analyze",
                // Never analyzed: its size is asked of the disk.
                "create table fresh (id int, big_id int references big)",
                "insert into fresh select g, 1 + g % 1000 from generate_series(1, 3000) g",
                "delete from big where id > 1000",
                "select pg_stat_force_next_flush()");
        database.asAdmin(
                "update pg_index set indisvalid = false where indexrelid = 'spare_v'::regclass");
        locking = database.dba();
        locking.setAutoCommit(false);
        try (var s = locking.createStatement()) {
            s.execute("lock table big, part_1, fresh in access exclusive mode");
            s.execute("reindex index other_id");
        }
    }

    @AfterAll
    void ends() throws SQLException {
        locking.close();
        rig.close();
        server.stop();
    }

    /// Of one object, right before or after a change to it: a lock that somebody holds then is
    /// itself the answer, told as such by the lock timeout.
    private static final Set<String> OF_ONE_OBJECT =
            Set.of(
                    "archival/archival_partitions",
                    "archival/archival_table",
                    "archival/table_blocks",
                    "maintenance/table_dead_rows",
                    "maintenance/table_users",
                    "indexes/index_size");

    private static Map<String, ?> everyTable() {
        var values = new HashMap<String, Object>();
        values.put("schema_name", null);
        values.put("table_name", null);
        return values;
    }

    static Stream<String> reading() {
        return READING.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("reading")
    void isReadWithoutWaiting(String name) {
        try (var session = rig.test().read()) {
            var rows = session.query(SqlName.of(name), READING.get(name));
            assertThat(rows.isEmpty()).as(name).isFalse();
        }
    }

    @Test
    void whatIsLockedIsCountedByThePagesOfTheCatalog() {
        try (var session = rig.test().read()) {
            var facts =
                    session.query(
                            SqlName.of("migration/table_facts"),
                            READING.get("migration/table_facts"));
            assertThat(bytes(facts, "big", "bytes")).isGreaterThan(100_000);
            assertThat(bytes(facts, "big", "index_bytes")).isGreaterThan(100_000);
            assertThat(bytes(facts, "other", "bytes")).isGreaterThan(100_000);
        }
    }

    private static long bytes(Rows rows, String table, String column) {
        return rows.list().stream()
                .filter(r -> table.equals(r.get("table_name")))
                .map(r -> ((Number) r.get(column)).longValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyStatementThatReadsSizesIsTriedHere() {
        var reading =
                SqlLibrary.fromClassPath().all().stream()
                        .filter(f -> WAITS.matcher(f.body()).find())
                        .filter(f -> !OF_ONE_OBJECT.contains(f.name().path()))
                        .collect(
                                Collectors.toMap(
                                        f -> f.name().path(),
                                        f -> f.body(),
                                        (a, _) -> a,
                                        HashMap::new));
        assertThat(READING.keySet()).containsAll(reading.keySet());
        assertThat(reading.values())
                .allSatisfy(
                        body ->
                                assertThat(body)
                                        .contains("locked as materialized")
                                        .doesNotContain("pg_partition_tree("));
    }

    @Test
    void toolsLookAtAllOfIt() {
        var context = rig.context();
        var missing =
                ToolRig.found(
                        new DetectMissingFkIndexes(rig.targets(), rig.sql())
                                .run(new DetectMissingFkIndexes.Input(), context));
        assertThat(missing.caveats()).isEmpty();
        assertThat(missing.data().gaps())
                .extracting(DetectMissingFkIndexes.Gap::table)
                .containsExactlyInAnyOrder("other", "fresh");
        var duplicates =
                ToolRig.found(
                        new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                .run(new DetectDuplicateIndexes.Input(), context));
        assertThat(duplicates.caveats()).isEmpty();
        assertThat(duplicates.findings()).hasSizeGreaterThanOrEqualTo(1);
        var vacuum =
                ToolRig.found(
                        new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                                .run(new IdentifyTablesNeedingVacuum.Input(0.3), context));
        assertThat(vacuum.caveats()).isEmpty();
    }
}
