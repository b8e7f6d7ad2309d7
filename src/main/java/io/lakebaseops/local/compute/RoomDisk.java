package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ComputeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Fills the disk under the branches, as an injected fault. A file takes all space that is left, so
/// that every compute of the room really hears `No space left on device`.
///
/// Only a small file system that holds nothing but the branches is filled. One is mounted at
/// `branches/` before the start: on Linux without root by `unshare --user --mount` and a tmpfs of
/// fixed size, elsewhere by any small volume.
final class RoomDisk {
    private static final Logger LOG = LoggerFactory.getLogger(RoomDisk.class);

    /// A larger one is hardly meant to be filled.
    private static final long LARGEST = 4L << 30;

    private static final String BALLAST = ".ballast";
    private static final int COARSE = 1 << 20;
    private static final int FINE = 1 << 10;

    private final Path branches;
    private final Path ballast;
    private boolean full;

    /// @param branches the directory of all branches
    RoomDisk(Path branches) {
        this.branches = branches;
        this.ballast = branches.resolve(BALLAST);
    }

    /// Why the disk cannot be filled here; empty when it can.
    Optional<String> obstacle() {
        try {
            FileStore own = Files.getFileStore(branches);
            boolean shared = own.equals(Files.getFileStore(branches.resolve("..").normalize()));
            if (shared || own.getTotalSpace() > LARGEST) {
                return Optional.of(
                        "The fault is unavailable on this system: %s has no small file system of its own (%s, %d MB); mount one there before the start"
                                .formatted(branches, own.type(), own.getTotalSpace() >> 20));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The disk of " + branches + " cannot be looked at: " + e);
        }
    }

    synchronized void fill(boolean on) {
        if (on) {
            obstacle()
                    .ifPresent(
                            why -> {
                                throw new ComputeException(why);
                            });
        }
        full = on;
        if (on) {
            keepFull();
            return;
        }
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new ComputeException("The ballast cannot be removed: " + ballast, e);
        }
    }

    /// Takes what was freed meanwhile, while the fault holds.
    synchronized void keepFull() {
        if (!full) {
            return;
        }
        try (FileChannel file =
                FileChannel.open(
                        ballast,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            for (int block : new int[] {COARSE, FINE}) {
                write(file, ByteBuffer.allocate(block));
            }
        } catch (IOException e) {
            LOG.debug("Not even the ballast can be opened", e);
        }
    }

    private static void write(FileChannel file, ByteBuffer block) {
        try {
            while (true) {
                file.write(block.clear());
            }
        } catch (IOException full) {
            LOG.debug("No more blocks of {} bytes", block.capacity(), full);
        }
    }

    /// What a person should know when something failed; empty when there is space.
    String advice() {
        try {
            return Files.getFileStore(branches).getUsableSpace() < FINE * 16L
                    ? "; no space is left on the disk of its data: free some, then connect again"
                    : "";
        } catch (IOException e) {
            LOG.debug("Free space of {} is not known", branches, e);
            return "";
        }
    }
}
