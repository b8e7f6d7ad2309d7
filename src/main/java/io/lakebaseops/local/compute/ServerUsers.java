package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/// The processes that use a shared server. Each holds a lock on a file of its own, which the
/// operating system releases even when the process is killed.
final class ServerUsers {
    /// File locks are per process, so threads of one process need this one besides.
    private static final ReentrantLock DOOR = new ReentrantLock();

    private static final Duration POLL = Duration.ofMillis(10);

    private final Path dir;
    private final String process = RoomLock.identity();

    ServerUsers(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir.resolve("attached"));
    }

    /// Runs `work` while no other process comes or goes.
    <T> T atTheDoor(Duration timeout, Callable<T> work) throws Exception {
        DOOR.lock();
        try (FileChannel channel =
                OwnerOnly.open(dir.resolveSibling("door.lock"), StandardOpenOption.CREATE)) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (channel.tryLock() == null) {
                if (System.nanoTime() > deadline) {
                    throw new ComputeException(
                            "Another process has been starting or stopping the server in "
                                    + dir.getParent()
                                    + " for "
                                    + timeout);
                }
                Thread.sleep(POLL);
            }
            return work.call();
        } finally {
            DOOR.unlock();
        }
    }

    /// The lock that says "I am here"; call at the door.
    Attachment enter() throws IOException {
        Path file = dir.resolve(process + "-" + UUID.randomUUID() + ".lock");
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE_NEW);
        FileLock lock = Objects.requireNonNull(channel.tryLock(), "a new file is locked by nobody");
        return new Attachment(file, lock);
    }

    /// Whether anybody is attached; clears away the files of the killed. Call at the door.
    boolean anybody() throws IOException {
        boolean found = false;
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                // Opening and closing a file of our own would release its lock (POSIX).
                String name = Objects.requireNonNull(file.getFileName()).toString();
                if (name.startsWith(process) || lockedByAnother(file)) {
                    found = true;
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return found;
    }

    private static boolean lockedByAnother(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        }
    }

    /// One holder's presence.
    record Attachment(Path file, FileLock lock) {
        void leave() throws IOException {
            Files.deleteIfExists(file);
            lock.acquiredBy().close();
        }
    }
}
