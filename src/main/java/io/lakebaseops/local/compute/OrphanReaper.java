package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.platform.ParentWatch;
import io.lakebaseops.platform.ServerHosting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops the servers of a process that was killed. It is started by a [ParentWatch] when that
/// process is gone, and stops what nobody uses any more. Where nobody watches, the next start does
/// so.
final class OrphanReaper {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    private OrphanReaper() {}

    /// What is looked after: the room of a directory, the state server in it, or a server that goes
    /// with its files.
    enum Charge {
        ROOM,
        STATE,
        SCRATCH
    }

    static Optional<ParentWatch> waiting(Charge charge, Path dir) {
        return ParentWatch.running(OrphanReaper.class, List.of(charge.name(), dir.toString()));
    }

    static void main(String[] args) throws Exception {
        Path dir = Path.of(args[1]);
        ServerHosting hosting = ServerHosting.ofThisSystem();
        switch (Charge.valueOf(args[0])) {
            case ROOM -> room(dir, hosting);
            case STATE -> StateServer.stopIfUnused(dir, hosting, STOP);
            case SCRATCH -> ScratchServer.remove(dir, hosting);
        }
    }

    private static void room(Path dir, ServerHosting hosting) throws IOException {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (var _ = RoomLock.takeToClean(dir)) {
            new BranchPlaces(dir.resolve("branches")).left(hosting, STOP);
        } catch (ComputeException inUse) {
            LOG.debug("{} has a new user, who cleans up", dir, inUse);
        }
    }
}
