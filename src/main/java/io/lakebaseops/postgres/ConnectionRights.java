package io.lakebaseops.postgres;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.connection.ConnectionReport.Check;
import io.lakebaseops.domain.connection.ConnectionReport.Grade;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a login may do and what a server has, each with what it is needed for, and the SQL for
/// exactly what is missing.
///
/// @param sql empty when nothing is missing
record ConnectionRights(List<Check> checks, String sql, int rights, int extensions) {
    /// The row of `capability/connection_check`.
    record Look(
            String version,
            String databaseName,
            long databaseBytes,
            long tables,
            long sessions,
            long writableTables,
            @Nullable String deadRows) {
        static final SqlName QUERY = new SqlName("capability", "connection_check");
    }

    ConnectionRights {
        checks = List.copyOf(checks);
    }

    static ConnectionRights of(Capabilities has, Look look, SessionStart start, String tls) {
        var checks = new ArrayList<Check>();
        var roles = new ArrayList<String>();
        var sql = new ArrayList<String>();
        checks.add(new Check(Grade.GOOD, "Version", look.version(), "17 or newer"));
        checks.add(
                new Check(
                        tls.isEmpty() ? Grade.NOTE : Grade.GOOD,
                        "TLS",
                        tls.isEmpty() ? "none: what is sent can be read on the way" : tls,
                        "all"));
        role(checks, roles, "pg_monitor", has.canMonitor(), "all measures");
        role(checks, roles, "pg_signal_backend", has.canSignal(), "ending sessions");
        role(checks, roles, "pg_maintain", has.canMaintain(), "vacuum, reindex");
        checks.add(
                look.writableTables() == 0
                        ? new Check(Grade.GOOD, "write rights", "none", "safety")
                        : new Check(
                                Grade.NOTE,
                                "write rights",
                                "on "
                                        + Format.count(look.writableTables(), "table")
                                        + "; plans ask before they write",
                                "changes"));
        if (!roles.isEmpty()) {
            sql.add(
                    "grant %s to %s;"
                            .formatted(
                                    String.join(", ", roles), ConnectionRefusal.name(has.user())));
        }
        int extensions = 0;
        for (var wanted : Extension.values()) {
            extensions += wanted.check(has, checks, sql) ? 0 : 1;
        }
        boolean timed = has.setting("track_io_timing").orElse("off").equals("on");
        checks.add(
                new Check(
                        timed ? Grade.GOOD : Grade.NOTE,
                        "track_io_timing",
                        timed ? "on" : "off",
                        "I/O time"));
        checks.add(
                new Check(
                        start.shortOfSlots() ? Grade.NOTE : Grade.GOOD,
                        "connections",
                        "%d of %d; our budget %d"
                                .formatted(start.used(), start.maxConnections(), start.readLimit()),
                        "safety"));
        if (!sql.isEmpty()) {
            sql.addFirst("-- by a superuser; without it those parts only advise");
        }
        return new ConnectionRights(checks, String.join("\n", sql), roles.size(), extensions);
    }

    private static void role(
            List<Check> checks, List<String> missing, String role, boolean there, String use) {
        checks.add(
                new Check(
                        there ? Grade.GOOD : Grade.MISSING,
                        role,
                        there ? "granted" : "missing",
                        use));
        if (!there) {
            missing.add(role);
        }
    }

    private enum Extension {
        PG_STAT_STATEMENTS("Queries, Ask", true),
        PGSTATTUPLE("exact bloat", false);

        private final String use;
        private final boolean preloaded;

        Extension(String use, boolean preloaded) {
            this.use = use;
            this.preloaded = preloaded;
        }

        private boolean check(Capabilities has, List<Check> checks, List<String> sql) {
            var name = name().toLowerCase(java.util.Locale.ROOT);
            var version = has.extensions().get(name);
            boolean loaded =
                    !preloaded
                            || has.setting("shared_preload_libraries").orElse(name).contains(name);
            if (version != null && loaded) {
                checks.add(new Check(Grade.GOOD, name, version, use));
                return true;
            }
            if (!loaded) {
                sql.add(
                        "-- and %s into shared_preload_libraries, which needs a restart"
                                .formatted(name));
            }
            if (version == null && has.availableExtensions().contains(name)) {
                checks.add(new Check(Grade.MISSING, name, "available, not created", use));
                sql.add("create extension if not exists %s;".formatted(name));
            } else {
                checks.add(
                        new Check(
                                Grade.MISSING,
                                name,
                                version == null ? "not on this server" : "not loaded at its start",
                                use));
            }
            return false;
        }
    }

    /// `Plans and exact bloat need 2 rights and 1 extension more.`; empty when nothing is missing.
    String missing() {
        var parts = new ArrayList<String>();
        if (rights > 0) {
            parts.add(Format.count(rights, "right"));
        }
        if (extensions > 0) {
            parts.add(Format.count(extensions, "extension"));
        }
        return parts.isEmpty()
                ? ""
                : " %s more would let it do all; without %s it only advises."
                        .formatted(
                                String.join(" and ", parts),
                                rights + extensions == 1 ? "it" : "them");
    }
}
