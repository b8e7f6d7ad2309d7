package io.lakebaseops.ask;

import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.names.ServerName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The names of the demo's shop, as a server would tell them.
final class ShopNames {
    static final List<String> BRANCHES = List.of("production", "staging", "development");

    static final List<String> TABLES =
            List.of(
                    "orders",
                    "order_items",
                    "inventory",
                    "customers",
                    "products",
                    "payments",
                    "events",
                    "shipments");

    private ShopNames() {}

    static NameIndex index() {
        var names = new ArrayList<ServerName>();
        for (var table :
                List.of(
                        "orders",
                        "order_items",
                        "inventory",
                        "customers",
                        "products",
                        "payments")) {
            names.add(new ServerName("table", "storefront", "shop", table, ""));
        }
        names.add(new ServerName("table", "storefront", "web", "events", ""));
        names.add(new ServerName("table", "storefront", "shop", "shipments", ""));
        for (var index : List.of("orders_coupon_idx", "orders_pkey", "customers_email_key")) {
            names.add(new ServerName("index", "storefront", "shop", index, "orders"));
        }
        for (var role : List.of("analyst", "checkout", "reporting", "postgres")) {
            names.add(new ServerName("role", "", "", role, ""));
        }
        for (var setting :
                List.of(
                        "work_mem",
                        "shared_buffers",
                        "max_wal_size",
                        "autovacuum_naptime",
                        "max_connections",
                        "statement_timeout",
                        "autovacuum")) {
            names.add(new ServerName("setting", "", "", setting, ""));
        }
        for (var extension : List.of("pg_stat_statements", "pgcrypto")) {
            names.add(new ServerName("extension", "", "", extension, ""));
        }
        names.add(new ServerName("database", "", "", "storefront", ""));
        return new NameIndex(names, Instant.EPOCH);
    }
}
