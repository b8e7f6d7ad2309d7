package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.history.BaseBackup;
import io.lakebaseops.local.compute.history.BranchSource;
import io.lakebaseops.local.compute.history.History;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;
import io.lakebaseops.local.compute.history.WalFiles;
import io.lakebaseops.local.compute.server.DataDirectoryPool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The files that a past state of a branch is made from. A base backup and the log since, its own
/// as far back as it goes and its ancestors' before that.
final class RestoreSources {
    /// After every position: hex digits sort before it.
    private static final String END = "G";

    private final Function<String, Optional<History>> histories;

    /// @param histories of the branches of the room, by uid
    RestoreSources(Function<String, Optional<History>> histories) {
        this.histories = histories;
    }

    /// @param log nearest branch first: where two have a segment, the nearer one's counts
    record Recipe(BaseBackup base, List<Stretch> log) {
        Recipe {
            log = List.copyOf(log);
        }

        void fill(DataDirectoryPool spares, Path dataDir) throws IOException {
            spares.like(base.data(), dataDir, _ -> true);
            for (Stretch stretch : log) {
                stretch.wal()
                        .copyTo(dataDir.resolve("pg_wal"), base.firstSegment(), stretch.last());
            }
        }
    }

    /// @param last position of the last segment that belongs to it
    record Stretch(WalFiles wal, String last) {}

    /// Empty when the point is before anything kept.
    Optional<Recipe> recipe(String branchUid, PastPoint point) throws IOException {
        List<Stretch> log = new ArrayList<>();
        String last = END;
        String uid = branchUid;
        PastPoint wanted = point;
        while (true) {
            Optional<History> history = histories.apply(uid);
            if (history.isEmpty()) {
                return Optional.empty();
            }
            log.add(new Stretch(history.get().wal(), last));
            Optional<BaseBackup> base = history.get().baseFor(wanted);
            if (base.isPresent()) {
                return Optional.of(new Recipe(base.get(), log));
            }
            Optional<BranchSource> origin = history.get().origin().filter(o -> !before(point, o));
            if (origin.isEmpty()) {
                return Optional.empty();
            }
            last = origin.get().lsn().segment();
            wanted = new PastPoint.Position(origin.get().lsn());
            uid = origin.get().parent();
        }
    }

    /// The first moment and position of the branch's own kept history, in words.
    String start(String branchUid) throws IOException {
        Optional<History> history = histories.apply(branchUid);
        if (history.isEmpty()) {
            return "nothing is kept yet";
        }
        Optional<BranchSource> origin = history.get().origin();
        if (origin.isPresent()) {
            return from(origin.get().time(), origin.get().lsn());
        }
        return history.get().all().stream()
                .findFirst()
                .map(base -> from(base.endTime(), base.end()))
                .orElse("nothing is kept yet");
    }

    private static String from(Instant time, Lsn lsn) {
        return "kept is the time from " + time + " (LSN " + lsn + ") on";
    }

    private static boolean before(PastPoint point, BranchSource origin) {
        return switch (point) {
            case PastPoint.Moment(Instant time) -> time.isBefore(origin.time());
            case PastPoint.Position(Lsn lsn) -> lsn.compareTo(origin.lsn()) < 0;
        };
    }
}
