package io.lakebaseops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.compute.RoomFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/// Each planted mistake of the demo's README is looked for in the catalog or in the statistics of
/// the running load.
final class DemoShopPgTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// What the load shows after half a minute is there after some seconds.
    private static final int HURRY = 4;

    @TempDir static Path dir;
    static RoomFixture fixture;
    static Duration took;
    static DemoWorkload workload;

    @BeforeAll
    static void load() throws SQLException {
        fixture = new RoomFixture(dir, ComputeHostOptions.defaults()).withMain();
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(DemoShop.isLoaded(connection)).isFalse();
            took = DemoShop.load(connection, DemoShop.Size.SMALL);
            assertThat(DemoShop.isLoaded(connection)).isTrue();
        }
        workload =
                new DemoWorkload(
                        fixture.url("ep-main"),
                        RoomFixture.OWNER,
                        () -> RoomFixture.PASSWORD,
                        HURRY * DemoWorkload.DEFAULT_RATE);
        workload.start();
        System.out.printf(
                "demo small: loaded in %d ms, %d MB%n",
                took.toMillis(), fixture.room().logicalSizeBytes("br-main") >> 20);
    }

    @AfterAll
    static void close() {
        workload.close();
        fixture.close();
    }

    @Test
    void it_loads_in_time_and_says_so() throws SQLException {
        // 3.4 s on two free cores; the bound leaves room for a machine that builds something else
        // as well.
        assertThat(took).isLessThan(Duration.ofSeconds(90));
        assertThat(value("SELECT count(*) >= 200000 FROM shop.orders")).isEqualTo("t");
    }

    @Test
    void statements_are_identified_before_they_run_as_the_server_identifies_them()
            throws Exception {
        try (Connection connection = fixture.connect("ep-main")) {
            for (var statement : DemoStatements.of(connection)) {
                // Those that run once in ten minutes, or when the shop has grown, are not waited
                // for.
                if (!Set.of(
                                "read_catalogue",
                                "trim_shipments",
                                "trim_payments",
                                "trim_items",
                                "trim_orders")
                        .contains(statement.name())) {
                    eventually(
                            "SELECT count(*) FROM pg_stat_statements WHERE calls > 0 AND queryid = "
                                    + statement.queryId(),
                            "1");
                }
            }
        }
    }

    @Test
    void an_index_is_unused_while_its_table_is_read() {
        eventually(
                "SELECT idx_scan > 0 FROM pg_stat_user_indexes WHERE indexrelname = 'orders_pkey'",
                "t");
        eventually(
                "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname ="
                        + " 'orders_coupon_code_idx'",
                "0");
    }

    @Test
    void two_indexes_are_the_same_and_one_is_a_prefix_of_another() throws SQLException {
        assertThat(
                        value(
                                "SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY"
                                        + " indexrelid::regclass::text) FROM pg_index WHERE indrelid ="
                                        + " 'shop.order_items'::regclass GROUP BY indkey::text HAVING"
                                        + " count(*) > 1"))
                .isEqualTo("shop.order_items_product_id_idx,shop.order_items_product_idx");
        assertThat(
                        value(
                                "SELECT a.indexrelid::regclass FROM pg_index a JOIN pg_index b ON"
                                        + " a.indrelid = b.indrelid AND b.indkey::text LIKE"
                                        + " a.indkey::text || ' %' WHERE a.indrelid ="
                                        + " 'shop.orders'::regclass"))
                .isEqualTo("shop.orders_customer_id_idx");
    }

    @Test
    void one_foreign_key_has_no_index() throws SQLException {
        assertThat(
                        value(
                                "SELECT string_agg(conname, ',') FROM pg_constraint c WHERE contype"
                                        + " = 'f' AND connamespace = 'shop'::regnamespace AND NOT"
                                        + " EXISTS (SELECT FROM pg_index i WHERE i.indrelid ="
                                        + " c.conrelid AND i.indkey[0] = c.conkey[1])"))
                .isEqualTo("shipments_order_id_fkey");
    }

    @Test
    void the_login_query_reads_the_whole_table() {
        eventually(
                "SELECT seq_scan > 2 AND seq_tup_read > 100000 FROM pg_stat_user_tables WHERE"
                        + " relname = 'customers'",
                "t");
        eventually(
                "SELECT calls > 2 FROM pg_stat_statements WHERE query LIKE '%FROM shop.customers"
                        + " WHERE email%'",
                "t");
    }

    @Test
    void payments_and_their_indexes_are_bloated() throws SQLException {
        try (Connection admin = fixture.connect("ep-main")) {
            RoomFixture.run(admin, "CREATE EXTENSION IF NOT EXISTS pgstattuple");
            assertThat(
                            RoomFixture.value(
                                    admin, "SELECT free_percent FROM pgstattuple('shop.payments')"))
                    .satisfies(
                            percent -> assertThat(Double.parseDouble(percent)).isGreaterThan(55));
            assertThat(
                            RoomFixture.value(
                                    admin,
                                    "SELECT avg_leaf_density FROM"
                                            + " pgstatindex('shop.payments_pkey')"))
                    .satisfies(percent -> assertThat(Double.parseDouble(percent)).isLessThan(45));
        }
    }

    @Test
    void dead_rows_of_the_inventory_pass_ten_and_then_twentyfive_percent_under_load()
            throws SQLException {
        assertThat(value("SELECT count(*) FROM shop.inventory")).isEqualTo("20000");
        assertThat(value("SELECT pg_relation_size('shop.inventory') > 8 * 1024 * 1024"))
                .isEqualTo("t");
        String dead =
                "SELECT n_dead_tup > %s * (n_live_tup + n_dead_tup) FROM pg_stat_user_tables WHERE"
                        + " relname = 'inventory'";
        String clean =
                "SELECT n_dead_tup < 0.10 * n_live_tup FROM pg_stat_user_tables WHERE relname ="
                        + " 'inventory'";
        eventually(dead.formatted("0.10"), "t");
        eventually(dead.formatted("0.25"), "t");
        assertThat(
                        value(
                                "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname ="
                                        + " 'inventory'"))
                .isEqualTo("0");
        // What the console does about it works, though a session is idle in a transaction. The load
        // goes on, and its own short snapshots hold rows back for a moment: it is done again then.
        try (Connection owner = fixture.connect("ep-main")) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                RoomFixture.run(owner, "VACUUM (ANALYZE) shop.inventory");
                                assertThat(value(clean)).isEqualTo("t");
                            });
        }
    }

    @Test
    void sessions_are_idle_and_one_is_idle_in_a_transaction() {
        eventually(
                "SELECT count(*) >= 4 FROM pg_stat_activity WHERE application_name ="
                        + " 'storefront-web' AND state = 'idle'",
                "t");
        eventually(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reporting' AND"
                        + " state = 'idle in transaction' AND backend_xmin IS NULL AND now() -"
                        + " state_change > interval '2 seconds'",
                "1");
    }

    @Test
    void a_report_spills_to_disk() {
        eventually(
                "SELECT bool_or(temp_blks_written > 0) FROM pg_stat_statements WHERE query LIKE"
                        + " '%price_cents * quantity%'",
                "t");
    }

    @Test
    void a_sequence_is_near_its_end_and_an_index_invalid() throws SQLException {
        assertThat(
                        value(
                                "SELECT string_agg(sequencename, ',') FROM pg_sequences WHERE"
                                        + " last_value > 0.9 * max_value AND data_type ="
                                        + " 'integer'::regtype"))
                .isEqualTo("shipments_id_seq");
        assertThat(value("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("shop.customers_phone_key");
    }

    @Test
    void there_are_old_rows_and_old_partitions() throws SQLException {
        assertThat(
                        value(
                                "SELECT count(*) > 100000 FROM shop.orders WHERE created_at < now()"
                                        + " - interval '90 days'"))
                .isEqualTo("t");
        assertThat(
                        value(
                                "SELECT count(*) > 10000 FROM web.events WHERE happened_at < now()"
                                        + " - interval '120 days'"))
                .isEqualTo("t");
        assertThat(
                        value(
                                "SELECT count(*) FROM pg_inherits WHERE inhparent ="
                                        + " 'web.events'::regclass"))
                .isEqualTo("9");
    }

    @Test
    void the_load_comes_back_when_its_connections_were_cut() {
        long before = workload.visits();
        await().atMost(PATIENCE).until(() -> workload.visits() > before + 20);
        fixture.room().faults("ep-main").cutConnections();
        long cut = workload.visits();
        await().atMost(PATIENCE).until(() -> workload.visits() > cut + 20);
        workload.stop(); // sleeping sessions do not notice the cut; the other tests want them
        workload.start();
    }

    private static void eventually(String sql, String expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(SQLException.class) // no row yet
                .untilAsserted(() -> assertThat(value(sql)).isEqualTo(expected));
    }

    private static String value(String sql) throws SQLException {
        try (Connection fresh = fixture.connect("ep-main")) {
            return RoomFixture.value(fresh, sql);
        }
    }
}
