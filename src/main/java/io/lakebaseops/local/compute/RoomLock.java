package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.ProcessLiveness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// Makes sure that one room at a time works in a directory.
final class RoomLock implements AutoCloseable {
    private static final String CLEANER = "cleaner-";
    private static final Duration CLEANING = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Path owner;
    private final FileLock lock;

    private RoomLock(Path owner, FileLock lock) {
        this.owner = owner;
        this.lock = lock;
    }

    /// Waits for a cleaning that is under way, which takes a second or two. Who holds the lock
    /// writes its name a moment later: until a living room is named, it may be a cleaner.
    static RoomLock take(Path dir) throws IOException {
        long end = System.nanoTime() + CLEANING.toNanos();
        while (true) {
            Optional<RoomLock> taken = tryTake(dir, identity());
            if (taken.isPresent()) {
                return taken.get();
            }
            if (System.nanoTime() > end || livingRoom(owner(dir))) {
                throw inUse(dir, "process " + owner(dir));
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw inUse(dir, "a cleaning process");
            }
        }
    }

    /// For who stops what a killed process left.
    static RoomLock takeToClean(Path dir) throws IOException {
        return tryTake(dir, CLEANER + identity())
                .orElseThrow(() -> inUse(dir, "process " + owner(dir)));
    }

    private static boolean livingRoom(String name) {
        if (name.startsWith(CLEANER) || !name.contains("-")) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(name.split("-", 2)[0]))
                .filter(ProcessLiveness::is)
                .filter(process -> identity(process).equals(name))
                .isPresent();
    }

    /// Empty while nobody is named.
    private static String owner(Path dir) {
        try {
            return Files.readString(dir.resolve("room.owner"));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The owner is written to a file beside the lock: closing any handle of a locked file would
    /// release this process's lock on it (POSIX), so the same process must not open it twice.
    private static Optional<RoomLock> tryTake(Path dir, String me) throws IOException {
        if (owner(dir).equals(me)) {
            throw inUse(dir, "this process");
        }
        FileChannel channel = OwnerOnly.open(dir.resolve("room.lock"), StandardOpenOption.CREATE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        Path owner = dir.resolve("room.owner");
        Files.writeString(owner, me);
        return Optional.of(new RoomLock(owner, lock));
    }

    /// Process ids come back, a pair of id and start time does not.
    static String identity() {
        return identity(ProcessHandle.current());
    }

    private static String identity(ProcessHandle process) {
        long start = process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + start;
    }

    private static ComputeException inUse(Path dir, String by) {
        return new ComputeException("Local Lakebase directory " + dir + " is in use by " + by);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(owner);
        lock.acquiredBy().close();
    }
}
