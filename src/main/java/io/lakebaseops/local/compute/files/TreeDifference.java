package io.lakebaseops.local.compute.files;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The files to copy so that one directory becomes equal to another, when both descend from the
/// template. Only what differs from it; files that are there already are written over, since making
/// a new one costs more than filling it.
///
/// @param stamps of the template
/// @param from the directory to become equal to; it may be in use, so that files may vanish
/// @param to a copy of the template, perhaps altered
public record TreeDifference(TemplateDifference stamps, Path from, Path to) {

    /// Makes `to`, which is an unaltered copy of the template, equal to what is wanted of `from`.
    public void close(Predicate<Path> wanted) throws IOException {
        Set<Path> kept = new HashSet<>();
        Set<Path> copied = new LinkedHashSet<>();
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs)
                            throws IOException {
                        Path relative = from.relativize(dir);
                        // The server wants its own directories back, empty or not.
                        if (relative.getNameCount() > 1 && !wanted.test(relative)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        kept.add(relative);
                        if (!dir.equals(from) && !Files.isDirectory(to.resolve(relative))) {
                            OwnerOnly.createFolder(to.resolve(relative));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        Path relative = from.relativize(file);
                        if (!attrs.isRegularFile() || !wanted.test(relative)) {
                            return FileVisitResult.CONTINUE;
                        }
                        kept.add(relative);
                        if (!stamps.unchanged(relative, attrs)) {
                            copied.add(relative);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        return vanished(e);
                    }
                });
        FileTree.each(copied, this::copy);
        deleteAllBut(kept);
    }

    /// Makes `to` the unaltered copy of the template, which is `from`, that it once was.
    public void undo() throws IOException {
        Set<Path> right = new HashSet<>();
        Files.walkFileTree(
                to,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        if (stamps.unchanged(to.relativize(file), attrs)) {
                            right.add(to.relativize(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        Set<Path> wrong = new LinkedHashSet<>(stamps.files().keySet());
        wrong.removeAll(right);
        Set<Path> directories = new HashSet<>();
        try (var all = Files.walk(from)) {
            for (Path dir : all.filter(Files::isDirectory).toList()) {
                directories.add(from.relativize(dir));
                OwnerOnly.makeFolder(to.resolve(from.relativize(dir)));
            }
        }
        FileTree.each(
                wrong,
                file -> {
                    copy(file);
                    Files.setLastModifiedTime(
                            to.resolve(file), Files.getLastModifiedTime(from.resolve(file)));
                });
        directories.addAll(stamps.files().keySet());
        deleteAllBut(directories);
    }

    /// The kernel copies, which shares the blocks where the file system can.
    private void copy(Path file) throws IOException {
        Path target = to.resolve(file);
        if (!Files.exists(target)) {
            Files.copy(from.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
            return;
        }
        try (FileChannel in = FileChannel.open(from.resolve(file), StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                target,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = 0;
            for (long n = 1; n > 0; at += n) {
                n = in.transferTo(at, Long.MAX_VALUE - at, out);
            }
        } catch (NoSuchFileException dropped) {
            Files.deleteIfExists(target);
        }
    }

    private void deleteAllBut(Set<Path> kept) throws IOException {
        Files.walkFileTree(
                to,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs)
                            throws IOException {
                        if (dir.equals(to) || kept.contains(to.relativize(dir))) {
                            return FileVisitResult.CONTINUE;
                        }
                        FileTree.delete(dir);
                        return FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs)
                            throws IOException {
                        if (!kept.contains(to.relativize(file))) {
                            Files.deleteIfExists(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static FileVisitResult vanished(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
