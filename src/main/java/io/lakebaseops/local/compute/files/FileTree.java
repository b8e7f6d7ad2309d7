package io.lakebaseops.local.compute.files;

import io.lakebaseops.platform.FileInUse;
import io.lakebaseops.platform.OwnerOnly;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// Copies, moves, measures and deletes whole directories of a live server, where files may vanish.
public final class FileTree {
    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);

    /// More readers than this do not make one disk faster.
    private static final int COPIERS = 4;

    private FileTree() {}

    /// Copies what `wanted` (by path relative to `from`) accepts. The JDK asks the kernel to copy,
    /// which shares the blocks where the file system can (btrfs, XFS, APFS). A file that vanishes
    /// meanwhile is left out: PostgreSQL replays its removal from the WAL.
    public static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        OwnerOnly.createFolder(to);
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs)
                            throws IOException {
                        Path relative = from.relativize(dir);
                        if (!dir.equals(from)) {
                            // The server wants its own directories back, empty or not.
                            if (relative.getNameCount() > 1 && !wanted.test(relative)) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            OwnerOnly.createFolder(to.resolve(relative));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        Path relative = from.relativize(file);
                        if (attrs.isRegularFile() && wanted.test(relative)) {
                            files.add(relative);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        copyFiles(files, from, to);
    }

    private static void copyFiles(List<Path> files, Path from, Path to) throws IOException {
        each(
                files,
                file ->
                        Files.copy(
                                from.resolve(file),
                                to.resolve(file),
                                StandardCopyOption.COPY_ATTRIBUTES));
    }

    /// What is done with one file.
    @FunctionalInterface
    interface FileWork {
        void on(Path file) throws IOException;
    }

    /// Some files at a time; one that vanished meanwhile was dropped by the server.
    static void each(Collection<Path> files, FileWork work) throws IOException {
        Semaphore free = new Semaphore(COPIERS);
        List<IOException> failures = new ArrayList<>();
        try (ExecutorService copiers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path file : files) {
                free.acquireUninterruptibly();
                copiers.execute(
                        () -> {
                            try {
                                work.on(file);
                            } catch (NoSuchFileException vanished) {
                                // Dropped by the server while we copied.
                            } catch (IOException e) {
                                synchronized (failures) {
                                    failures.add(e);
                                }
                            } finally {
                                free.release();
                            }
                        });
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// Another name for each of the files, which nobody writes to any more; a copy where the file
    /// system has no such names or lies elsewhere.
    public static void link(Path from, Path to, Predicate<Path> wanted) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path relative = from.relativize(path);
                if (Files.isDirectory(path)) {
                    OwnerOnly.createFolder(to.resolve(relative));
                } else if (wanted.test(relative)) {
                    Files.createLink(to.resolve(relative), path);
                }
            }
        } catch (FileSystemException | UnsupportedOperationException e) {
            LOG.debug("{} is copied, not linked", from, e);
            delete(to);
            copy(from, to, wanted);
        }
    }

    /// Puts a finished directory in its place; if another process was first, ours is thrown away.
    public static void publish(Path fresh, Path place) throws IOException {
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
            delete(fresh);
        }
    }

    /// Puts a directory that nobody uses under another name in one step.
    public static void move(Path from, Path to) throws IOException {
        FileInUse.outwait(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs)
                            throws IOException {
                        FileInUse.outwait(() -> Files.deleteIfExists(file));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @org.jspecify.annotations.Nullable IOException e)
                            throws IOException {
                        FileInUse.outwait(() -> Files.deleteIfExists(dir));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Bytes of all files under `tree` that exist while we look.
    public static long bytes(Path tree) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        sum[0] += attrs.size();
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sum[0];
    }

    public static void deleteFilesIn(Path dir) {
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
