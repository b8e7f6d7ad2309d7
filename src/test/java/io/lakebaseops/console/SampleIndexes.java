package io.lakebaseops.console;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.state.Findings.StoredFinding;
import io.lakebaseops.state.IndexSummary;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The indexes of the invented shop: a table with eight of them, and a finding of each kind.
public final class SampleIndexes {
    private static final String DB = "databricks_postgres";
    private static final long MB = 1 << 20;
    private static final long TABLE = 16_500;

    private SampleIndexes() {}

    static void fill(FakeShop shop) {
        shop.summaries.known.put(FakeShop.PRODUCTION, summary(List.of()));
        catalog(shop);
        find(
                shop,
                "missing_index",
                Severity.WARNING,
                index("customers", "customers_email_idx"),
                "shop.customers (email): 1 statement reads all 50,000 rows to find 1",
                new Impact(-5 * MB, MB / 2, 108_000_000 / 24.0));
        find(
                shop,
                "duplicate_index",
                Severity.WARNING,
                index("order_items", "order_items_product_idx"),
                "order_items_product_idx does what order_items_product_id_idx does",
                Impact.frees(122 * MB));
        find(
                shop,
                "unused_index",
                Severity.WARNING,
                index("orders", "orders_coupon_code_idx"),
                "orders_coupon_code_idx: last scanned on 12 Oct",
                Impact.frees(84 * MB));
        find(
                shop,
                "bloated_index",
                Severity.WARNING,
                index("payments", "payments_pkey"),
                "payments_pkey: 251 MB of 402 MB would be free after a rebuild",
                new Impact(251 * MB, 12 * MB, 0));
        find(
                shop,
                "invalid_index",
                Severity.WARNING,
                index("customers", "customers_phone_key"),
                "customers_phone_key is invalid: no query uses it",
                Impact.frees(4 * MB));
    }

    static IndexSummary summary(List<IndexSummary.Failed> failed) {
        return new IndexSummary(
                FakeShop.NOW.minusSeconds(130),
                1,
                61,
                3_290 * MB,
                16_000_000,
                2,
                FakeShop.NOW.plus(Duration.ofDays(5)),
                FakeShop.NOW.minus(Duration.ofHours(48)),
                failed,
                List.of());
    }

    private static Subject index(String table, String name) {
        return Subject.index(DB, "shop", table, name);
    }

    private static void find(
            FakeShop shop,
            String kind,
            Severity severity,
            Subject subject,
            String summary,
            Impact impact) {
        var made = FakeShop.finding(kind, severity, subject, summary, "select 1;");
        shop.findings.add(
                new StoredFinding(
                        worth(made.finding(), impact),
                        made.state(),
                        made.firstSeen(),
                        made.lastSeen(),
                        made.timesSeen(),
                        null));
    }

    private static Finding worth(Finding finding, Impact impact) {
        return finding.worth(impact);
    }

    private static void catalog(FakeShop shop) {
        shop.servers.answer(
                "indexes/catalog_counting",
                new Object[] {
                    "at",
                    FakeShop.NOW,
                    "stats_reset",
                    FakeShop.NOW.minus(Duration.ofDays(30)),
                    "server_start",
                    FakeShop.NOW.minus(Duration.ofDays(40)),
                    "is_standby",
                    false,
                    "standbys",
                    0,
                    "server_version",
                    170_011
                });
        shop.servers.answer(
                "indexes/catalog_tables",
                new Object[] {
                    "table_oid",
                    TABLE,
                    "schema_name",
                    "shop",
                    "table_name",
                    "orders",
                    "kind",
                    "r",
                    "parent_oid",
                    null,
                    "row_count",
                    12_400_000L,
                    "bytes",
                    1_126 * MB,
                    "replica_identity",
                    "d",
                    "may_change",
                    true,
                    "may_read",
                    true,
                    "columns",
                    List.of(
                            "id",
                            "customer_id",
                            "status",
                            "coupon_code",
                            "total_cents",
                            "created_at"),
                    "seq_scans",
                    12L,
                    "seq_rows",
                    90_000_000L,
                    "last_seq_scan",
                    FakeShop.NOW.minusSeconds(4000),
                    "inserts",
                    900_000L,
                    "updates",
                    1_800_000L,
                    "hot_updates",
                    0L,
                    "deletes",
                    0L
                });
        shop.servers.answer(
                "indexes/catalog_operator_classes",
                new Object[] {"class_oid", 1L, "family", 1L, "type", 20L});
        var rows = new ArrayList<Object[]>();
        rows.add(row("orders_pkey", "1", 1, 266, 282e6, "p", null, null));
        rows.add(row("orders_customer_id_created_at_idx", "2 6", 2, 373, 306e6, null, null, null));
        rows.add(row("orders_customer_id_idx", "2", 1, 86, 93_600, null, null, null));
        rows.add(row("orders_coupon_code_idx", "4", 1, 84, 0, null, null, null));
        rows.add(row("orders_day_idx", "0", 1, 112, 129_300, null, "date(created_at)", null));
        rows.add(row("orders_id_total_idx", "1 5 3", 1, 421, 228e6, null, null, null));
        rows.add(
                row(
                        "orders_unpaid_idx",
                        "2",
                        1,
                        3,
                        64_200,
                        null,
                        null,
                        "(status = 'unpaid'::text)"));
        shop.servers.answer("indexes/catalog_indexes", rows.toArray(Object[][]::new));
    }

    private static Object[] row(
            String name,
            String attributes,
            int keys,
            long megabytes,
            double scans,
            @Nullable String constraint,
            @Nullable String expression,
            @Nullable String predicate) {
        int count = attributes.split(" ").length;
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("index_oid", 20_000L + name.hashCode() % 1000);
        row.put("table_oid", TABLE);
        row.put("index_name", name);
        row.put("parent_oid", null);
        row.put("method", "btree");
        row.put("is_partitioned", false);
        row.put("is_unique", constraint != null);
        row.put("nulls_not_distinct", false);
        row.put("is_immediate", true);
        row.put("is_exclusion", false);
        row.put("is_valid", true);
        row.put("is_maintained", true);
        row.put("is_replica_identity", false);
        row.put("is_clustered", false);
        row.put("constraint_name", constraint == null ? null : name);
        row.put("constraint_type", constraint);
        row.put("serves_foreign_key", false);
        row.put("key_count", keys);
        row.put("attributes", attributes);
        row.put("classes", "1 ".repeat(keys).strip());
        row.put("collations", "0 ".repeat(keys).strip());
        row.put("orders", "0 ".repeat(keys).strip());
        row.put("expressions", expression == null ? null : List.of(expression));
        row.put("predicate", predicate);
        row.put("class_options", null);
        row.put("options", "");
        row.put("bytes", megabytes * MB);
        row.put("entries", 12_400_000.0 / count);
        row.put("scans", (long) scans);
        row.put("last_scan", scans == 0 ? null : FakeShop.NOW.minusSeconds(60));
        row.put("is_unknown", false);
        var cells = new ArrayList<@Nullable Object>();
        row.forEach(
                (column, value) -> {
                    cells.add(column);
                    cells.add(value);
                });
        return cells.toArray();
    }
}
