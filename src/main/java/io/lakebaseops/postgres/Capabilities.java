package io.lakebaseops.postgres;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a login can do on a server. Probed at connect; everything else asks here instead of trying
/// and failing.
///
/// @param serverVersion as `server_version_num`, for example 170011
/// @param memberOf predefined roles the login is a member of (`pg_monitor`, `pg_maintain`, …)
/// @param extensions installed in the connected database, name to version
/// @param availableExtensions that could be installed
/// @param settings those we rely on (`track_io_timing`, `max_connections`, …)
public record Capabilities(
        int serverVersion,
        String user,
        boolean superuser,
        boolean inRecovery,
        Set<String> memberOf,
        Map<String, String> extensions,
        Set<String> availableExtensions,
        Map<String, String> settings,
        Instant postmasterStart,
        Instant probedAt) {
    public Capabilities {
        memberOf = Set.copyOf(memberOf);
        extensions = Map.copyOf(extensions);
        availableExtensions = Set.copyOf(availableExtensions);
        settings = Map.copyOf(settings);
    }

    /// May end other roles' sessions?
    public boolean canSignal() {
        return superuser || memberOf.contains("pg_signal_backend");
    }

    /// May vacuum, analyze and reindex tables of other owners?
    public boolean canMaintain() {
        return superuser || memberOf.contains("pg_maintain");
    }

    public boolean canMonitor() {
        return superuser || memberOf.contains("pg_monitor");
    }

    /// Sees what sessions and statements of other roles do?
    public boolean seesStatements() {
        return canMonitor() || memberOf.contains("pg_read_all_stats");
    }

    /// Something that tools ask a person to give?
    boolean lacks() {
        return !seesStatements() || !has("pg_stat_statements");
    }

    public boolean has(String extension) {
        return extensions.containsKey(extension);
    }

    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }
}
