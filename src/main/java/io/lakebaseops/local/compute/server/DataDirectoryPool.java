package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.files.TemplateDifference;
import io.lakebaseops.local.compute.files.TreeDifference;
import io.lakebaseops.platform.BootTime;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.ServerHosting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/// Ready copies of the template's data directory. Ready copies of the template wait in the user's
/// cache; a new branch takes one, and only what its source has otherwise is copied. Creating small
/// files is most of the cost of a branch of some 100 MB.
///
/// Several processes share the stock: taking one is a rename. What the operating system had not
/// written yet when it crashed could be missing in a copy, so copies of an earlier boot are not
/// used.
public final class DataDirectoryPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectoryPool.class);

    /// Made ahead, 46 MB each; and how many at most are kept when branches are given back.
    private static final int READY = 3;

    private static final int MOST = 6;

    /// Whoever just took one needs the machine more than the stock does.
    private static final Duration CALM = Duration.ofSeconds(1);

    private static final Duration ABANDONED = Duration.ofMinutes(10);
    private static final String UNFINISHED = ".new-";

    private final PostgresBinaries binaries;
    private final ServerHosting hosting;
    private final String boot = BootTime.id();
    private volatile boolean closed;
    private volatile @org.jspecify.annotations.Nullable Thread filler;

    public DataDirectoryPool(PostgresBinaries binaries, ServerHosting hosting) {
        this.binaries = binaries;
        this.hosting = hosting;
    }

    /// Makes `place` a data directory that is equal to the template.
    public void root(Path place) throws IOException {
        Path template = TemplateCluster.dataDir(binaries, hosting);
        if (!take(place)) {
            FileTree.copy(template, place, path -> true);
        }
    }

    /// Makes `place` a copy of what `wanted` accepts of a data directory, which may be in use.
    public void like(Path from, Path place, Predicate<Path> wanted) throws IOException {
        if (take(place)) {
            new TreeDifference(stamps(), from, place).close(wanted);
        } else {
            FileTree.copy(from, place, wanted);
        }
    }

    /// Frees a data directory; while the stock is low it becomes a spare again.
    public void giveBack(Path dataDir) throws IOException {
        if (boot.isEmpty()
                || stock().size() >= MOST
                || !Files.exists(dataDir.resolve("PG_VERSION"))) {
            FileTree.delete(dataDir);
            return;
        }
        Path template = TemplateCluster.dataDir(binaries, hosting);
        Path unfinished = home().resolve(UNFINISHED + UUID.randomUUID());
        try {
            Files.move(dataDir, unfinished, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("{} cannot be used again", dataDir, e);
            FileTree.delete(dataDir);
            return;
        }
        new TreeDifference(stamps(), template, unfinished).undo();
        publish(unfinished);
    }

    private TemplateDifference stamps() throws IOException {
        return TemplateDifference.of(TemplateCluster.dataDir(binaries, hosting));
    }

    private boolean take(Path place) throws IOException {
        if (boot.isEmpty()) {
            return false;
        }
        boolean taken = false;
        for (Path spare : stock()) {
            try {
                Files.move(spare, place, StandardCopyOption.ATOMIC_MOVE);
                taken = true;
                break;
            } catch (NoSuchFileException first) {
                LOG.debug("Another process took {}", spare, first);
            } catch (IOException e) { // the cache lies on another file system
                LOG.debug("No spare can be moved to {}", place, e);
                return false;
            }
        }
        fillLater();
        return taken;
    }

    private synchronized void fillLater() {
        if (closed || (filler != null && filler.isAlive())) {
            return;
        }
        filler = Thread.ofPlatform().daemon().name("spare-clusters").start(this::fill);
    }

    /// The boundary of the filling thread: without spares everything works, only slower.
    private void fill() {
        try {
            Thread.sleep(CALM);
            clear();
            while (!closed && stock().size() < READY) {
                Path fresh = home().resolve(UNFINISHED + UUID.randomUUID());
                FileTree.copy(TemplateCluster.dataDir(binaries, hosting), fresh, path -> true);
                publish(fresh);
            }
        } catch (IOException | ComputeException e) {
            LOG.warn("No spare data directories can be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(Path finished) throws IOException {
        Path place = home().resolve(boot + "_" + UUID.randomUUID());
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Removes what an earlier boot or a killed process left.
    private void clear() throws IOException {
        Instant old = Instant.now().minus(ABANDONED);
        try (var found = Files.list(home())) {
            for (Path dir : found.toList()) {
                boolean unfinished = name(dir).startsWith(UNFINISHED);
                if (unfinished
                        ? Files.getLastModifiedTime(dir).toInstant().isBefore(old)
                        : !name(dir).startsWith(boot)) {
                    FileTree.delete(dir);
                }
            }
        }
    }

    private List<Path> stock() throws IOException {
        try (var found = Files.list(home())) {
            return found.filter(dir -> name(dir).startsWith(boot + "_")).toList();
        }
    }

    private Path home() throws IOException {
        Path template = TemplateCluster.dataDir(binaries, hosting);
        Path home = template.resolveSibling(template.getFileName() + "-spares");
        OwnerOnly.makeFolder(home);
        return home;
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /// Ends the filling, so that nothing is written after the room has closed.
    @Override
    public void close() {
        closed = true;
        Thread filling = filler;
        if (filling != null) {
            filling.interrupt();
            try {
                filling.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
