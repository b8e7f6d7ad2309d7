package io.lakebaseops.app.past;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.health.sync.PairList;
import io.lakebaseops.domain.ConnectionProvider.ConnectionInfo;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.MirrorImport;
import io.lakebaseops.reconcile.TablePair;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.SyncPairs;
import io.lakebaseops.state.SyncPairs.Truth;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Gives the demo's shop copies in Delta with a few defects of every class, and some days of
/// checks, marked as simulated: the demo has no sync pipeline.
///
/// Only tables that the shop's customers do not change are copied, or the copies would be behind
/// for ever.
public final class DemoMirrors {
    private static final String DONE = "demo.mirrors/";
    private static final String BY = "demo";
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final Duration LENGTH = Duration.ofDays(3);
    private static final int SETTLE_SECONDS = 2;

    private record Copy(
            String table, String sql, Truth truth, double lag, List<MirrorTable.Column> columns) {}

    private static final List<Copy> COPIES =
            List.of(
                    new Copy(
                            "customers",
                            "copy_customers",
                            Truth.POSTGRESQL,
                            41,
                            columns(
                                    "id BIGINT",
                                    "email VARCHAR",
                                    "full_name VARCHAR",
                                    "phone VARCHAR",
                                    "country VARCHAR",
                                    "created_at TIMESTAMPTZ")),
                    new Copy(
                            "products",
                            "copy_products",
                            Truth.DELTA,
                            52,
                            columns(
                                    "id BIGINT",
                                    "sku VARCHAR",
                                    "title VARCHAR",
                                    "category VARCHAR",
                                    "price_cents INTEGER")));

    private final Path mirrors;
    private final SyncPairs pairs;
    private final Lakehouse lakehouse;
    private final Supplier<Settings> settings;
    private final Clock clock;

    /// @param mirrors folder of the catalog
    public DemoMirrors(
            Path mirrors,
            SyncPairs pairs,
            Lakehouse lakehouse,
            Supplier<Settings> settings,
            Clock clock) {
        this.mirrors = mirrors;
        this.pairs = pairs;
        this.lakehouse = lakehouse;
        this.settings = settings;
        this.clock = clock;
    }

    private static List<MirrorTable.Column> columns(String... named) {
        return Stream.of(named)
                .map(
                        n ->
                                new MirrorTable.Column(
                                        n.substring(0, n.indexOf(' ')),
                                        n.substring(n.indexOf(' ') + 1)))
                .toList();
    }

    /// Makes them unless they are there; true when it did.
    public boolean make(TargetId target, ConnectionInfo entry, String database) {
        if (settings.get().get(DONE + target.key()).isPresent()) {
            return false;
        }
        var properties = new Properties();
        properties.putAll(entry.properties());
        properties.setProperty("user", entry.user());
        properties.setProperty("password", entry.password());
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://%s/%s".formatted(entry.hosts(), database), properties)) {
            if (!thereIs(connection, "shop.customers") || !thereIs(connection, "shop.products")) {
                return false;
            }
            for (var copy : COPIES) {
                copy(connection, copy);
                var pair =
                        new TablePair(
                                target,
                                database,
                                "shop",
                                copy.table(),
                                new TableName("shop", copy.table()),
                                TablePair.Kind.MIRROR);
                pairs.put(target, PairList.row(pair, copy.truth(), SETTLE_SECONDS, true), BY);
            }
        } catch (SQLException | IOException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "The demo's copies in Delta",
                    String.valueOf(e.getMessage()),
                    "the demo goes on without them; they are tried again at the next start",
                    e);
        }
        lakehouse.append(OpsTables.SYNC_VALIDATION_HISTORY.name(), past(target));
        settings.get().putFirst(DONE + target.key(), clock.instant().toString(), BY);
        return true;
    }

    private static boolean thereIs(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement(text("table_exists"))) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void copy(Connection connection, Copy copy) throws SQLException, IOException {
        var csv = Files.createTempFile("lakebaseops-copy", ".csv");
        try {
            try (var out = Files.newOutputStream(csv)) {
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut(text(copy.sql()), out);
            }
            new MirrorImport(mirrors, clock)
                    .replace(new TableName("shop", copy.table()), copy.columns(), csv);
        } finally {
            Files.delete(csv);
        }
    }

    /// A statement of `local/demo`, for the demo's own server alone.
    private static String text(String name) {
        try (var in = DemoMirrors.class.getResourceAsStream("/local/demo/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("No statement of the demo: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, @Nullable Object>> past(TargetId target) {
        var random = new SplittableRandom(7);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var now = clock.instant();
        for (var at = now.minus(LENGTH); at.isBefore(now.minus(EVERY)); at = at.plus(EVERY)) {
            // The console was closed for a night.
            boolean closed = Duration.between(at, now).toHours() / 6 == 3;
            for (var copy : closed ? List.<Copy>of() : COPIES) {
                rows.add(check(target, copy, at, random.nextDouble()));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> check(
            TargetId target, Copy copy, Instant at, double noise) {
        var row = HistoryRow.of(target, at, "demo");
        row.put("source", "simulated");
        row.put("validation_id", at + ":shop." + copy.table());
        row.put("source_table", "shop." + copy.table());
        row.put("target_table", "shop." + copy.table());
        // Now and then the pipeline is restarted.
        row.put("freshness_lag_seconds", copy.lag() * (0.6 + noise * (noise > 0.97 ? 20 : 0.8)));
        row.put("checksum_match", true);
        row.put("count_drift", 0);
        row.put("status", "in_sync");
        return row;
    }
}
