package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.history.History;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.DataDirectoryPool;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Keeps and frees the history of all branches of a host.
final class HistoryRetention {
    private final Map<String, Branch> branches;
    private final DataDirectoryPool spares;
    private final RestoreSources lineage;

    /// Nothing is forgotten while a restore reads it; the next round forgets it.
    private final ReentrantReadWriteLock keeping = new ReentrantReadWriteLock();

    /// @param branches of the room, by uid; looked at afresh at each call
    HistoryRetention(Map<String, Branch> branches, DataDirectoryPool spares) {
        this.branches = branches;
        this.spares = spares;
        this.lineage =
                new RestoreSources(
                        uid -> Optional.ofNullable(branches.get(uid)).map(Branch::history));
    }

    /// Why the branch cannot be made as of this point; empty when it can.
    Optional<String> obstacle(Branch source, PastPoint point) {
        if (future(source, point)) {
            return Optional.of(point + " lies in the future");
        }
        try {
            return lineage.recipe(source.uid(), point).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            point
                                    + " is before the history of the branch: "
                                    + lineage.start(source.uid()));
        } catch (IOException e) {
            throw new ComputeException("History of " + source.uid() + " cannot be read", e);
        }
    }

    private static boolean future(Branch source, PastPoint point) {
        return switch (point) {
            case PastPoint.Moment(Instant time) -> time.isAfter(Instant.now());
            case PastPoint.Position(Lsn lsn) ->
                    lsn.compareTo(
                                    source.work(
                                            "postgres",
                                            "Asking for the log position",
                                            HistoryRetention::insertPosition))
                            > 0;
        };
    }

    private static Lsn insertPosition(AdminSession session) throws SQLException {
        return Lsn.parse(
                session.query("SELECT pg_current_wal_insert_lsn()", row -> row.getString(1))
                        .getFirst());
    }

    /// Fills a data directory for a restore, with the log of the source going beyond the point.
    void fill(Branch source, PastPoint point, Path dataDir) throws IOException {
        keeping.readLock().lock();
        try {
            Optional<String> obstacle = obstacle(source, point);
            if (obstacle.isPresent()) {
                throw new ComputeException(obstacle.get());
            }
            Restore.goBeyond(source);
            lineage.recipe(source.uid(), point)
                    .orElseThrow(() -> new ComputeException(point + " was forgotten just now"))
                    .fill(spares, dataDir);
        } finally {
            keeping.readLock().unlock();
        }
    }

    /// The first base of a root needs no backup: nothing has happened since it was copied.
    static void firstBase(Branch root, Path template) {
        Lsn now =
                root.work(
                        "postgres",
                        "Asking for the log position",
                        HistoryRetention::insertPosition);
        try {
            root.history()
                    .add(
                            data -> {
                                FileTree.link(template, data, path -> !path.startsWith("pg_wal"));
                                return new History.Copied(
                                        BranchCopy.replayStart(template).segment(), now);
                            });
        } catch (IOException e) {
            throw new ComputeException("First base of " + root.uid() + " cannot be made", e);
        }
    }

    /// Makes a base backup when one is due and forgets what is older than the window.
    void tend(Branch branch, Instant keepFrom) {
        try {
            if (branch.running() && branch.history().baseIsDue(Instant.now())) {
                branch.backUp();
            }
            if (keeping.writeLock().tryLock()) {
                try {
                    branch.history().purge(keepFrom, children(branch.uid()));
                } finally {
                    keeping.writeLock().unlock();
                }
            }
        } catch (IOException e) {
            throw new ComputeException("History of " + branch.uid() + " cannot be kept", e);
        }
    }

    private List<Lsn> children(String uid) throws IOException {
        var found = new ArrayList<Lsn>();
        for (Branch branch : branches.values()) {
            branch.history()
                    .origin()
                    .filter(origin -> origin.parent().equals(uid))
                    .ifPresent(origin -> found.add(origin.lsn()));
        }
        return List.copyOf(found);
    }
}
