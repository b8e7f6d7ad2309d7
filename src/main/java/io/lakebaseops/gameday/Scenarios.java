package io.lakebaseops.gameday;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The faults and decoys of the game day, each a file of `sql/gameday`.
public final class Scenarios {
    private static final List<String> FILES =
            List.of(
                    "gameday/autovacuum_off",
                    "gameday/autovacuum_off_table",
                    "gameday/autovacuum_starved",
                    "gameday/cache_too_small",
                    "gameday/checkpoint_storm",
                    "gameday/cold_start",
                    "gameday/connection_storm",
                    "gameday/ddl_queue",
                    "gameday/dead_rows",
                    "gameday/deadlock_storm",
                    "gameday/disk_full",
                    "gameday/frozen_network",
                    "gameday/hot_row",
                    "gameday/idle_sessions",
                    "gameday/idle_transaction",
                    "gameday/invalid_index",
                    "gameday/lock_chain",
                    "gameday/missing_index",
                    "gameday/n_plus_one",
                    "gameday/plan_flip",
                    "gameday/prepared_transaction",
                    "gameday/replica_lag",
                    "gameday/runaway_query",
                    "gameday/sequence_end",
                    "gameday/slot_keeps_wal",
                    "gameday/slow_disk",
                    "gameday/stale_statistics",
                    "gameday/statistics_reset",
                    "gameday/temp_spill",
                    "gameday/token_expired",
                    "gameday/wal_flood",
                    "gameday/wraparound",
                    "gameday/xmin_prepared",
                    "gameday/xmin_session",
                    "gameday/xmin_slot",
                    "gameday/xmin_standby",
                    "gameday/decoy_advisory_lock",
                    "gameday/decoy_bulk_load",
                    "gameday/decoy_cyclic_sequence",
                    "gameday/decoy_idle_pool",
                    "gameday/decoy_index_build",
                    "gameday/decoy_long_vacuum",
                    "gameday/decoy_one_checkpoint",
                    "gameday/decoy_one_report",
                    "gameday/decoy_open_transaction",
                    "gameday/decoy_short_burst",
                    "gameday/decoy_short_locks",
                    "gameday/decoy_small_dead_table",
                    "gameday/decoy_steady_lookups",
                    "gameday/decoy_token_renewed",
                    "gameday/decoy_young_prepared");

    private Scenarios() {}

    /// All, the faults first.
    public static List<Scenario> all() {
        return FILES.stream().map(Scenarios::read).toList();
    }

    /// @throws IllegalArgumentException when there is none of this name
    public static Scenario of(String name) {
        var file = "gameday/" + name;
        if (!FILES.contains(file)) {
            throw new IllegalArgumentException("There is no scenario " + name);
        }
        return read(file);
    }

    private static Scenario read(String file) {
        var path = "/sql/" + file + ".sql";
        try (InputStream in = Scenarios.class.getResourceAsStream(path)) {
            var text =
                    new String(
                            Objects.requireNonNull(in, path).readAllBytes(),
                            StandardCharsets.UTF_8);
            return ScenarioFile.read(file.substring(file.indexOf('/') + 1), text);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
