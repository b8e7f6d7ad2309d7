package io.lakebaseops.local.warehouse;

import io.lakebaseops.local.billing.UsageFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// The tables a warehouse sees: `system.billing` from the metered usage and the prices, and the
/// Delta tables of the lakehouse's directory, each as it is when a statement names it.
final class WarehouseTables {
    private static final String PRICES = "/local/billing/list-prices.jsonl";
    private static final String CATALOG = "ops_catalog";
    private static final Pattern CODE = Pattern.compile("~([0-9a-f]+)~");

    private static final String USAGE_COLUMNS =
            "{record_id: 'VARCHAR', account_id: 'VARCHAR', workspace_id: 'VARCHAR', sku_name:"
                    + " 'VARCHAR', cloud: 'VARCHAR', usage_start_time: 'TIMESTAMPTZ', usage_end_time:"
                    + " 'TIMESTAMPTZ', usage_date: 'DATE', custom_tags: 'MAP(VARCHAR, VARCHAR)',"
                    + " usage_unit: 'VARCHAR', usage_quantity: 'DECIMAL(38,18)', usage_metadata:"
                    + " 'STRUCT(project_id VARCHAR, branch_id VARCHAR, endpoint_id VARCHAR,"
                    + " database_instance_id VARCHAR)', record_type: 'VARCHAR', ingestion_date: 'DATE',"
                    + " billing_origin_product: 'VARCHAR', product_features: 'STRUCT(lakebase"
                    + " STRUCT(compute_type VARCHAR, storage_type VARCHAR))', usage_type: 'VARCHAR'}";
    private static final String PRICE_COLUMNS =
            "{price_start_time: 'TIMESTAMPTZ', price_end_time: 'TIMESTAMPTZ', account_id: 'VARCHAR',"
                    + " sku_name: 'VARCHAR', cloud: 'VARCHAR', currency_code: 'VARCHAR', usage_unit:"
                    + " 'VARCHAR', pricing: 'STRUCT(\"default\" DECIMAL(38,18), promotional"
                    + " STRUCT(\"default\" DECIMAL(38,18)), effective_list STRUCT(\"default\""
                    + " DECIMAL(38,18)))'}";

    private final Path home;
    private final UsageFiles usage;
    private final @Nullable Path lake;
    private final Runnable catchUp;
    private final ReentrantLock lock = new ReentrantLock();
    private String usageSeen = "";

    /// @param lake directory of a lakehouse, `ops_catalog/schema/table`; null = none
    /// @param catchUp bills what is due, before usage is looked at
    WarehouseTables(Path home, UsageFiles usage, @Nullable Path lake, Runnable catchUp) {
        this.home = home;
        this.usage = usage;
        this.lake = lake == null ? null : lake.resolve(CATALOG);
        this.catchUp = catchUp;
    }

    /// Once, when the engine starts: before it is kept off all other files.
    void create(Connection connection) throws SQLException {
        run(connection, "ATTACH ':memory:' AS " + SparkSql.SYSTEM);
        run(connection, "CREATE SCHEMA " + SparkSql.SYSTEM + ".billing");
        run(connection, "ATTACH ':memory:' AS " + CATALOG);
        prices(connection, "list_prices", shippedPrices());
        // A private preview: there only for who has negotiated prices.
        Path negotiated = home.resolve("billing").resolve("account-prices.jsonl");
        if (Files.exists(negotiated)) {
            prices(connection, "account_prices", negotiated);
        }
        String dirs = Sql.text(usage.billing().toString());
        if (lake != null) {
            dirs += ", " + Sql.text(lake.toString());
        }
        run(connection, "SET GLOBAL TimeZone = 'UTC'");
        run(connection, "SET allowed_directories = [" + dirs + "]");
        run(connection, "SET enable_external_access = false");
        run(connection, "SET lock_configuration = true");
    }

    /// A price list beside the usage comes before the one that is shipped.
    private Path shippedPrices() {
        Path file = home.resolve("billing").resolve("list-prices.jsonl");
        if (Files.exists(file)) {
            return file;
        }
        Path copy = home.resolve("billing").resolve("shipped-prices.jsonl");
        try (var in = WarehouseTables.class.getResourceAsStream(PRICES)) {
            if (in == null) {
                throw new IllegalStateException("no price list on the class path");
            }
            Files.writeString(copy, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("the price list cannot be copied", e);
        }
    }

    private static void prices(Connection connection, String table, Path file) throws SQLException {
        run(
                connection,
                "CREATE TABLE %s.billing.%s AS SELECT * FROM read_json(%s, format ="
                                .formatted(SparkSql.SYSTEM, table, Sql.file(file))
                        + " 'newline_delimited', columns = "
                        + PRICE_COLUMNS
                        + ")");
    }

    /// Brings what the statement names up to date.
    void refresh(Connection connection, SparkSql statement) throws SQLException {
        lock.lock();
        try {
            if (statement.names("usage")) {
                catchUp.run();
                usage(connection);
            }
            if (lake != null && Files.isDirectory(lake)) {
                for (Path schema : directories(lake)) {
                    for (Path table : directories(schema)) {
                        view(connection, statement, schema, table);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("tables in " + lake + " cannot be read", e);
        } finally {
            lock.unlock();
        }
    }

    private void usage(Connection connection) throws SQLException, IOException {
        List<Path> files = usage.files();
        StringBuilder seen = new StringBuilder("usage");
        for (Path file : files) {
            seen.append(file.getFileName()).append(Files.size(file)).append(',');
        }
        if (seen.toString().equals(usageSeen)) {
            return;
        }
        String list = String.join(", ", files.stream().map(Sql::file).toList());
        String name = SparkSql.SYSTEM + ".billing.usage";
        String rows;
        if (files.isEmpty()) {
            // One empty record of the right types, then none of it.
            Path none = usage.billing().resolve("no-usage.jsonl");
            Files.writeString(none, "{}\n");
            rows = read(Sql.file(none)) + " LIMIT 0";
        } else {
            rows = read(list);
        }
        run(connection, "CREATE OR REPLACE TABLE " + name + " AS SELECT * FROM " + rows);
        usageSeen = seen.toString();
    }

    private static String read(String files) {
        return "read_json([%s], format = 'newline_delimited', columns = %s)"
                .formatted(files, USAGE_COLUMNS);
    }

    private static void view(Connection connection, SparkSql statement, Path schema, Path table)
            throws SQLException, IOException {
        String name = plain(table.getFileName().toString());
        if (!statement.names(name.toLowerCase(Locale.ROOT))
                || !Files.isDirectory(table.resolve("_delta_log"))) {
            return;
        }
        String in = CATALOG + "." + Sql.name(plain(schema.getFileName().toString()));
        run(connection, "CREATE SCHEMA IF NOT EXISTS " + in);
        run(
                connection,
                "CREATE OR REPLACE VIEW %s.%s AS %s"
                        .formatted(in, Sql.name(name), DeltaLog.read(table, connection).select()));
    }

    /// Directories hold names with their unusual characters as `~hex~`.
    private static String plain(String directory) {
        return CODE.matcher(directory)
                .replaceAll(m -> Character.toString(Integer.parseInt(m.group(1), 16)));
    }

    private static List<Path> directories(Path dir) throws IOException {
        try (var all = Files.list(dir)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
