package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.history.History;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.WalFiles;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.DataDirectoryPool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies a data directory while its server works on it. A base backup by the low-level API
/// (PostgreSQL manual, 25.3.4 "Making a Base Backup Using the Low Level API"): the copy is torn,
/// and the WAL written meanwhile mends it at its first start.
final class BranchCopy {
    private static final Logger LOG = LoggerFactory.getLogger(BranchCopy.class);

    /// Directories whose contents belong to one running server, as `pg_basebackup` leaves them out.
    private static final Set<String> NOT_COPIED =
            Set.of(
                    "pg_dynshmem",
                    "pg_notify",
                    "pg_replslot",
                    "pg_serial",
                    "pg_snapshots",
                    "pg_stat",
                    "pg_stat_tmp",
                    "pg_subtrans");

    private static final Set<String> FILES_NOT_COPIED =
            Set.of(
                    "postmaster.pid",
                    "postmaster.opts",
                    "pg_internal.init",
                    "backup_label",
                    "tablespace_map",
                    ServerSettings.FILE);
    private static final Path WAL = Path.of("pg_wal");
    private static final Path ARCHIVE_STATUS = WAL.resolve("archive_status");
    private static final Pattern BACKUP_START = Pattern.compile("START WAL LOCATION: (\\S+)");

    /// Offset of `checkPoint` in `pg_control` (PostgreSQL 17, `ControlFileData`).
    private static final int CHECKPOINT_OFFSET = 32;

    private BranchCopy() {}

    /// Copies the directory of a running server with the WAL its first start needs.
    /// Returns the LSN from which the copy is consistent.
    static Lsn running(DataDirectoryPool spares, AdminSession session, Path from, Path to)
            throws SQLException, IOException {
        // A slot of this session keeps the WAL we still have to copy; it goes with the session.
        String slot = "fork_" + Long.toHexString(System.nanoTime());
        session.query(
                "SELECT lsn FROM pg_create_physical_replication_slot(?, true, true)",
                row -> row.getString(1),
                slot);
        History.Copied copied = base(spares, session, from, to);
        copyWal(from.resolve(WAL), to.resolve(WAL), copied);
        session.query("SELECT pg_drop_replication_slot(?)", row -> row.getString(1), slot);
        return copied.end();
    }

    /// Copies the directory of a running server without its WAL, to be restored from an archive.
    static History.Copied base(DataDirectoryPool spares, AdminSession session, Path from, Path to)
            throws SQLException, IOException {
        long begin = System.nanoTime();
        String firstSegment =
                session.query(
                                "SELECT pg_walfile_name(pg_backup_start(?, fast => true))",
                                row -> row.getString(1),
                                "lakebaseops")
                        .getFirst();
        long checkpointed = System.nanoTime();
        spares.like(from, to, BranchCopy::wanted);
        long copied = System.nanoTime();
        record Stopped(String lsn, String label) {}
        Stopped stopped =
                session.query(
                                "SELECT lsn, labelfile FROM pg_backup_stop(wait_for_archive =>"
                                        + " false)",
                                row -> new Stopped(row.getString(1), row.getString(2)))
                        .getFirst();
        Files.writeString(to.resolve("backup_label"), stopped.label());
        LOG.info(
                "Copied a working server: checkpoint {} ms, files {} ms, end {} ms",
                (checkpointed - begin) / 1_000_000,
                (copied - checkpointed) / 1_000_000,
                (System.nanoTime() - copied) / 1_000_000);
        return new History.Copied(WalFiles.position(firstSegment), Lsn.parse(stopped.lsn()));
    }

    /// Copies the directory of a server that is down, with all its WAL: it may not have been shut
    /// down cleanly. What is archived of it is not: the copy has an archive of its own.
    static Lsn stopped(DataDirectoryPool spares, Path from, Path to) throws IOException {
        spares.like(
                from,
                to,
                path ->
                        (path.startsWith(WAL) && !path.startsWith(ARCHIVE_STATUS))
                                || path.endsWith("backup_label")
                                || wanted(path));
        return replayStart(to);
    }

    /// Where the first start of these files begins to replay.
    static Lsn replayStart(Path dataDir) throws IOException {
        Path label = dataDir.resolve("backup_label");
        if (Files.exists(label)) {
            Matcher start = BACKUP_START.matcher(Files.readString(label));
            if (start.find()) {
                return Lsn.parse(start.group(1));
            }
        }
        return new Lsn(
                ByteBuffer.wrap(Files.readAllBytes(dataDir.resolve("global/pg_control")))
                        .order(ByteOrder.nativeOrder())
                        .getLong(CHECKPOINT_OFFSET));
    }

    private static boolean wanted(Path path) {
        if (path.startsWith(WAL) || NOT_COPIED.contains(path.getName(0).toString())) {
            return false;
        }
        String file = Objects.requireNonNull(path.getFileName()).toString();
        boolean temporary = false;
        for (Path part : path) {
            temporary |= part.toString().startsWith("pgsql_tmp");
        }
        return !temporary && !FILES_NOT_COPIED.contains(file);
    }

    /// What was written after the end of the backup does not belong to the copy.
    private static void copyWal(Path from, Path to, History.Copied copied) throws IOException {
        String last = copied.end().segment();
        List<Path> files;
        try (var list = Files.list(from)) {
            files = list.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = Objects.requireNonNull(file.getFileName()).toString();
            if (WalFiles.isHistory(name)
                    || (WalFiles.isSegment(name)
                            && WalFiles.position(name).compareTo(copied.firstSegment()) >= 0
                            && WalFiles.position(name).compareTo(last) <= 0)) {
                Files.copy(file, to.resolve(name));
            }
        }
    }
}
