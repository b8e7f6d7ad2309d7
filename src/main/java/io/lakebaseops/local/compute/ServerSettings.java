package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerHosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The PostgreSQL settings of a compute of a given size.
///
/// @param values setting name to value, as written to the file the server includes
record ServerSettings(Map<String, String> values) {
    static final String FILE = "lakebaseops.conf";

    /// Connections per CU as the platform reports them: 104 at 0.5, 209 at 1, 419 at 2, 839 at 4,
    /// at most 4000.
    private static final double CONNECTIONS_PER_CU = 210;

    private static final int MOST_CONNECTIONS = 4000;

    /// Buffers per CU in MB. A CU of the platform has far more; a laptop runs several computes at
    /// once.
    private static final int BUFFERS_PER_CU_MB = 64;

    private static final int MOST_BUFFERS_MB = 1024;

    private static final Set<String> NOT_LESS_THAN_PRIMARY =
            Set.of(
                    "max_connections",
                    "max_locks_per_transaction",
                    "max_prepared_transactions",
                    "max_worker_processes");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

    /// What the room itself lives on; an endpoint's settings cannot change it.
    private static final Set<String> RESERVED =
            Set.of(
                    "allow_alter_system",
                    "archive_cleanup_command",
                    "archive_command",
                    "archive_library",
                    "archive_mode",
                    "basic_archive.archive_directory",
                    "config_file",
                    "data_directory",
                    "external_pid_file",
                    "fsync",
                    "hba_file",
                    "hot_standby",
                    "ident_file",
                    "listen_addresses",
                    "local_preload_libraries",
                    "max_replication_slots",
                    "max_wal_senders",
                    "port",
                    "primary_conninfo",
                    "primary_slot_name",
                    "recovery_end_command",
                    "recovery_target",
                    "recovery_target_action",
                    "recovery_target_inclusive",
                    "recovery_target_lsn",
                    "recovery_target_name",
                    "recovery_target_time",
                    "recovery_target_timeline",
                    "recovery_target_xid",
                    "restore_command",
                    "session_preload_libraries",
                    "shared_preload_libraries",
                    "ssl",
                    "ssl_ca_file",
                    "ssl_cert_file",
                    "ssl_crl_dir",
                    "ssl_crl_file",
                    "ssl_key_file",
                    "unix_socket_directories",
                    "unix_socket_permissions",
                    "wal_level");

    ServerSettings {
        values = Map.copyOf(values);
    }

    /// For a branch that is opened for work on roles or databases only.
    static ServerSettings smallest() {
        return sized(0.5, Map.of());
    }

    static ServerSettings of(EndpointSpec spec) {
        return sized(spec.maxCu(), spec.pgSettings());
    }

    static ServerSettings sized(double maxCu, Map<String, String> wished) {
        Map<String, String> values = new TreeMap<>();
        int buffersMb =
                (int) Math.clamp(Math.round(BUFFERS_PER_CU_MB * maxCu), 32L, MOST_BUFFERS_MB);
        values.put("max_connections", Integer.toString(maxConnections(maxCu)));
        values.put("shared_buffers", buffersMb + "MB");
        values.put("effective_cache_size", buffersMb * 3 + "MB");
        wished.forEach(
                (name, value) -> {
                    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                        throw new ComputeException(
                                "Setting cannot be given by an endpoint: " + name);
                    }
                    values.put(name, value);
                });
        return new ServerSettings(values);
    }

    static int maxConnections(double maxCu) {
        return Math.min(MOST_CONNECTIONS, (int) (maxCu * CONNECTIONS_PER_CU) - 1);
    }

    /// A standby refuses queries while one of these is smaller than on its primary (PostgreSQL
    /// manual, 26.4.3 "Administrator's Overview").
    ServerSettings atLeast(ServerSettings primary) {
        Map<String, String> all = new TreeMap<>(values);
        for (String name : NOT_LESS_THAN_PRIMARY) {
            String there = primary.values.get(name);
            if (there != null) {
                all.merge(name, there, (a, b) -> number(a) >= number(b) ? a : b);
            }
        }
        return new ServerSettings(all);
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new ComputeException("Not a whole number: " + value);
        }
    }

    /// Writes the file that `postgresql.conf` includes last, and who may log in.
    ///
    /// @param room what the room adds for itself: archive, primary
    void write(Path dataDir, ServerAddress address, Map<String, String> room) throws IOException {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(room);
        all.putAll(address.settings());
        all.putAll(ServerHosting.settings(OperatingSystem.current()));
        Files.writeString(dataDir.resolve(FILE), text(all));
        Files.writeString(dataDir.resolve("pg_hba.conf"), address.doors(TemplateCluster.SUPERUSER));
    }

    /// Settings as a file that PostgreSQL reads.
    static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder("# Written at each start; changes here are lost.\n");
        settings.forEach(
                (name, value) ->
                        text.append(name).append(" = ").append(quoted(value)).append('\n'));
        return text.toString();
    }

    static String quoted(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new ComputeException("A setting's value must be one line");
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
