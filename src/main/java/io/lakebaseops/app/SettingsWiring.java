package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.config.ConnectionsFile;
import io.lakebaseops.config.ModelFile;
import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.config.ProductVersion;
import io.lakebaseops.console.settings.Installation;
import io.lakebaseops.console.settings.Installation.Kept;
import io.lakebaseops.console.settings.Installation.Named;
import io.lakebaseops.console.settings.SettingsServices;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.state.AlertLimitStore;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateRetention;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Joins the parts of the product to what the Settings screen shows and changes.
final class SettingsWiring {
    /// Sizes are read from every table's log.
    private static final Duration SIZES_EVERY = Duration.ofMinutes(10);

    private final Wiring parts;
    private final Supplier<StateDb> db;
    private final Lakehouse lakehouse;
    private final Clock clock;
    private @Nullable Installation known;
    private Instant readAt = Instant.MIN;

    SettingsWiring(Wiring parts, Supplier<StateDb> db, Lakehouse lakehouse, Clock clock) {
        this.parts = parts;
        this.db = db;
        this.lakehouse = lakehouse;
        this.clock = clock;
    }

    SettingsServices services() {
        var changes = new SettingChanges(db, parts.audit::chain);
        return new SettingsServices(
                new StoredThresholds(
                        () -> new AlertLimitStore(db.get()),
                        parts.health.limits(),
                        changes,
                        lakehouse,
                        clock),
                new StoredChannels(
                        parts.notifications,
                        parts.connections().secrets(),
                        () -> new Settings(db.get()),
                        changes,
                        clock),
                new StoredAutonomy(db, changes, clock),
                this::installation);
    }

    private synchronized Installation installation() {
        var last = known;
        var now = clock.instant();
        if (last != null && readAt.plus(SIZES_EVERY).isAfter(now)) {
            return last;
        }
        var fresh = read();
        known = fresh;
        readAt = now;
        return fresh;
    }

    private Installation read() {
        boolean shared = StateDatabaseLocator.shared();
        var size = db.get().size();
        var home = parts.home;
        return new Installation(
                ProductVersion.current(),
                Runtime.version().toString(),
                new Installation.State(
                        !shared,
                        parts.statePlace.database(),
                        shared ? StateDatabaseLocator.URL : "the program itself",
                        "PostgreSQL " + size.version(),
                        size.bytes()),
                kept(size.bytes()),
                List.of(
                        new Named("data", home.dir().toString()),
                        new Named("history", home.lakehouseFolder().toString()),
                        new Named("log", home.log().toString()),
                        new Named(
                                "files",
                                String.join(
                                        ", ",
                                        ConnectionsFile.NAME,
                                        NotificationsFile.NAME,
                                        ModelFile.NAME))),
                List.of(
                        new Named(
                                "licence",
                                "Apache-2.0; those of third parties lie in the jar under"
                                        + " META-INF/licenses")));
    }

    private List<Kept> kept(long stateBytes) {
        var kept = new ArrayList<Kept>();
        for (var table : OpsTables.ALL) {
            kept.add(new Kept(table.name().table().replace('_', ' '), time(table), bytes(table)));
        }
        kept.add(new Kept("state database", StateRetention.KEPT, stateBytes));
        kept.add(new Kept("outputs of tools", StateRetention.REPORTS_KEPT, -1));
        kept.add(new Kept("audit chain", AuditChain.KEPT, -1));
        return kept;
    }

    private static @Nullable Duration time(TableDef table) {
        var days = table.retentionDays();
        return days == null ? null : Duration.ofDays(days);
    }

    /// -1 for a table that was not made yet or cannot be read.
    private long bytes(TableDef table) {
        try {
            return lakehouse.facts(table.name()).bytes();
        } catch (OpsException e) {
            return -1;
        }
    }
}
