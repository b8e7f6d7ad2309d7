package io.lakebaseops.lakehouse.delta;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Finds files on the disk that no version needs: taken out of the table some time ago, or left by
/// a process that died before its commit.
///
/// A file stays while it is live, while it was removed after the limit (readers may still have it
/// open), and while it is itself younger than the limit (its commit may be under way).
final class OrphanSweep {
    private final DeltaTable table;
    private final Instant limit;

    OrphanSweep(DeltaTable table, Instant limit) {
        this.table = table;
        this.limit = limit;
    }

    record Swept(int files, long bytes) {}

    Swept run() throws IOException {
        var needed = recentlyRemoved();
        for (var file : table.files(table.latest())) {
            needed.add(file.path());
            file.logged()
                    .vectorFile(table.location())
                    .ifPresent(vector -> needed.add(LocalFiles.path(vector)));
        }
        var sweeper = new Sweeper(needed);
        Files.walkFileTree(table.directory(), sweeper);
        return new Swept(sweeper.files, sweeper.bytes);
    }

    private Set<Path> recentlyRemoved() throws IOException {
        var paths = new HashSet<Path>();
        try (var commits = Files.newDirectoryStream(table.log(), "*.json")) {
            for (var commit : commits) {
                if (!isOlder(Files.getLastModifiedTime(commit).toInstant())) {
                    paths.addAll(LogTail.removed(table, commit));
                }
            }
        }
        return paths;
    }

    private boolean isOlder(Instant time) {
        return time.isBefore(limit);
    }

    private final class Sweeper extends SimpleFileVisitor<Path> {
        private final Set<Path> needed;
        private int files;
        private long bytes;

        Sweeper(Set<Path> needed) {
            this.needed = needed;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var name = file.getFileName().toString();
            boolean data = name.endsWith(".parquet") || isDeletionVector(name);
            boolean ours = name.startsWith(".") || (!inLog(file) && data);
            if (ours
                    && !needed.contains(file)
                    && isOlder(attributes.lastModifiedTime().toInstant())) {
                Files.deleteIfExists(file);
                deleteIfEmpty(file.getParent());
                files++;
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        /// A partition goes with its last file; writers make their directory when they need it.
        private void deleteIfEmpty(@Nullable Path directory) throws IOException {
            if (directory == null
                    || directory.equals(table.directory())
                    || directory.equals(table.log())) {
                return;
            }
            try {
                Files.delete(directory);
            } catch (DirectoryNotEmptyException | NoSuchFileException _) {
                return; // still in use, or gone already
            }
            deleteIfEmpty(directory.getParent());
        }

        private static boolean isDeletionVector(String name) {
            return name.startsWith("deletion_vector_") && name.endsWith(".bin");
        }

        private boolean inLog(Path file) {
            return file.startsWith(table.log());
        }
    }
}
