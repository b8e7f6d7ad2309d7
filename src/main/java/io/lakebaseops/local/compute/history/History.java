package io.lakebaseops.local.compute.history;

import io.lakebaseops.local.compute.files.FileTree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The kept history of one branch. Base backups, the write-ahead log since, and where it came from.
///
/// Layout of the branch's directory: `bases/<end>/data`, `wal/<segment>`, `origin.properties`.
///
/// @param dir of the branch
public record History(Path dir) {
    /// A restore replays the log since the last base, at some 100 MB/s here: seconds.
    static final long LONGEST_REPLAY_BYTES = 512L << 20;

    private static final Duration OLDEST_BASE = Duration.ofDays(1);

    /// The platform's storage is its own; a laptop's disk is not. Beyond this the oldest goes
    /// early.
    static final long MOST_BYTES = 8L << 30;

    public WalFiles wal() {
        return new WalFiles(archive(), dir.resolve("data/pg_wal"));
    }

    public Path archive() {
        return dir.resolve("wal");
    }

    private Path bases() {
        return dir.resolve("bases");
    }

    /// The oldest first.
    public List<BaseBackup> all() throws IOException {
        if (!Files.isDirectory(bases())) {
            return List.of();
        }
        List<BaseBackup> found = new ArrayList<>();
        try (var dirs = Files.list(bases())) {
            for (Path base : dirs.toList()) {
                if (!Objects.requireNonNull(base.getFileName()).toString().startsWith(".")) {
                    found.add(BaseBackup.read(base));
                }
            }
        }
        found.sort(Comparator.comparing(BaseBackup::end));
        return found;
    }

    public Optional<BranchSource> origin() throws IOException {
        return BranchSource.read(dir);
    }

    /// The youngest base a restore to the point can start from.
    public Optional<BaseBackup> baseFor(PastPoint point) throws IOException {
        return all().stream().filter(base -> base.serves(point)).reduce((_, later) -> later);
    }

    /// Copies the files of a base; it counts once it is complete.
    @FunctionalInterface
    public interface Copier {
        /// Fills `data` and says from which segment on the log belongs to it, and where it ended.
        Copied copy(Path data) throws IOException;
    }

    public record Copied(String firstSegment, Lsn end) {}

    public void add(Copier copier) throws IOException {
        Path fresh = bases().resolve(".new");
        FileTree.delete(fresh);
        Files.createDirectories(fresh);
        Copied copied = copier.copy(fresh.resolve("data"));
        String name = String.format(Locale.ROOT, "%016X", copied.end().value());
        BaseBackup base =
                new BaseBackup(
                        fresh,
                        copied.firstSegment(),
                        copied.end(),
                        Instant.now(),
                        FileTree.bytes(fresh));
        base.write();
        FileTree.delete(bases().resolve(name));
        FileTree.move(fresh, bases().resolve(name));
    }

    /// Whether a restore of the youngest past would replay too much by now.
    public boolean baseIsDue(Instant now) throws IOException {
        List<BaseBackup> all = all();
        Optional<BranchSource> origin = origin();
        if (all.isEmpty()) {
            return origin.isEmpty()
                    || due(origin.get().lsn().segment(), origin.get().time(), 0, now);
        }
        BaseBackup last = all.getLast();
        return due(last.firstSegment(), last.endTime(), last.bytes(), now);
    }

    private boolean due(String since, Instant time, long bytes, Instant now) throws IOException {
        long written = wal().bytesSince(since);
        return written >= Math.max(LONGEST_REPLAY_BYTES, bytes)
                || (written > Lsn.SEGMENT_BYTES && now.isAfter(time.plus(OLDEST_BASE)));
    }

    /// Frees what no restore to `keepFrom` or later needs, here or in a child that left at one of
    /// `children`. Beyond its share of the disk the oldest goes even if it is younger.
    public void purge(Instant keepFrom, List<Lsn> children) throws IOException {
        List<BaseBackup> all = all();
        if (all.isEmpty()) {
            return;
        }
        int keep = lastServing(all, new PastPoint.Moment(keepFrom));
        long bytes = all.stream().mapToLong(BaseBackup::bytes).sum() + wal().bytesSince("");
        while (bytes > MOST_BYTES && keep < all.size() - 1) {
            bytes -= all.get(keep).bytes() + walBetween(all.get(keep), all.get(keep + 1));
            keep++;
        }
        boolean leansOnParent = false;
        for (Lsn child : children) {
            keep = Math.min(keep, lastServing(all, new PastPoint.Position(child)));
            leansOnParent |= child.compareTo(all.getFirst().end()) < 0;
        }
        for (BaseBackup old : all.subList(0, keep)) {
            FileTree.delete(old.dir());
        }
        BaseBackup oldest = all.get(keep);
        if (leansOnParent) {
            return;
        }
        if (keep > 0 || !oldest.endTime().isAfter(keepFrom)) {
            BranchSource.delete(dir); // stands on its own from here on
        }
        if (origin().isEmpty()) {
            wal().purge(oldest.firstSegment());
        }
    }

    private long walBetween(BaseBackup one, BaseBackup next) throws IOException {
        return wal().bytesSince(one.firstSegment()) - wal().bytesSince(next.firstSegment());
    }

    private static int lastServing(List<BaseBackup> all, PastPoint point) {
        int last = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).serves(point)) {
                last = i;
            }
        }
        return last;
    }
}
