package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;
import io.lakebaseops.local.compute.history.WalFiles;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.platform.ServerAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Point-in-time recovery of a copied data directory. Point-in-time recovery (PostgreSQL manual,
/// 25.3.5 "Recovering Using a Continuous Archive Backup"): the log is replayed up to the point,
/// then the server goes its own way on a new timeline.
final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    /// Some GB of log; far more than [History#LONGEST_REPLAY_BYTES].
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Path dir;
    private final Path dataDir;
    private final ServerAddress address;
    private final PostgresBinaries binaries;
    private final ComputeHostOptions options;

    /// @param dir of the branch that is made
    Restore(
            Path dir,
            ServerAddress address,
            PostgresBinaries binaries,
            ComputeHostOptions options) {
        this.dir = dir;
        this.dataDir = dir.resolve("data");
        this.address = address;
        this.binaries = binaries;
        this.options = options;
    }

    Path dataDir() {
        return dataDir;
    }

    /// Writes a transaction of our own, so that the log goes beyond every point that has passed:
    /// recovery fails when the log ends before its target.
    static void goBeyond(Branch source) {
        source.work(
                "postgres",
                "Marking the log",
                session ->
                        session.query(
                                "SELECT pg_logical_emit_message(true, 'lakebaseops', '')",
                                row -> row.getString(1)));
    }

    /// Replays what lies in `pg_wal` up to the point. Returns where it ended.
    Lsn run(PastPoint point) throws IOException {
        long begin = System.nanoTime();
        Files.createFile(dataDir.resolve("recovery.signal"));
        Map<String, String> settings = new TreeMap<>(target(point));
        settings.put("fsync", options.fsync() ? "on" : "off");
        // "ready" then means: recovered. And a smaller server than the source's is good enough.
        settings.put("hot_standby", "off");
        settings.put("archive_mode", "off");
        // All the log is in place; recovery insists on a command and takes its failure for "no".
        settings.put("restore_command", "exit 1");
        settings.put("recovery_target_action", "promote");
        settings.put("recovery_target_timeline", "latest");
        ServerSettings.smallest().write(dataDir, address, settings);
        Postmaster server =
                Postmaster.start(
                        binaries, dataDir, dir.resolve("postgres.log"), options.hosting(), LONGEST);
        Lsn end;
        try (AdminSession session = AdminSession.open(address, "postgres")) {
            end =
                    Lsn.parse(
                            session.query(
                                            "SELECT pg_last_wal_replay_lsn()",
                                            row -> row.getString(1))
                                    .getFirst());
        } catch (SQLException e) {
            server.kill();
            throw new IOException(e.getMessage(), e);
        }
        server.stop(options.stopTimeout());
        forgetOldTimelines();
        LOG.info("Restored to {} in {} ms", point, (System.nanoTime() - begin) / 1_000_000);
        return end;
    }

    private static Map<String, String> target(PastPoint point) {
        return switch (point) {
            case PastPoint.Moment(Instant time) ->
                    Map.of(
                            // Names of time zones, even Z, are not known yet when this is read.
                            "recovery_target_time",
                            time.toString().replace("Z", "+00"),
                            "recovery_target_inclusive",
                            "true");
            // Exclusive: a position is the end of the last record that counts, and the start of
            // the first that does not.
            case PastPoint.Position(Lsn lsn) ->
                    Map.of(
                            "recovery_target_lsn",
                            lsn.toString(),
                            "recovery_target_inclusive",
                            "false");
        };
    }

    /// The log before the new timeline stays with the branch it came from.
    private void forgetOldTimelines() throws IOException {
        List<Path> segments;
        try (var files = Files.list(dataDir.resolve("pg_wal"))) {
            segments = files.filter(file -> WalFiles.isSegment(name(file))).sorted().toList();
        }
        String newest = name(segments.getLast()).substring(0, 8);
        for (Path segment : segments) {
            if (!name(segment).startsWith(newest)) {
                Files.delete(segment);
            }
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
