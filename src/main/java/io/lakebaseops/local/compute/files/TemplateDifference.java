package io.lakebaseops.local.compute.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/// The files of a data directory that are still those of the template. Copies keep the time of the
/// template's file; whoever writes to one afterwards changes it.
///
/// @param files path in the template → size and time
public record TemplateDifference(Path root, Map<Path, Stamp> files) {
    record Stamp(long size, FileTime time) {
        static Stamp of(BasicFileAttributes attrs) {
            return new Stamp(attrs.size(), attrs.lastModifiedTime());
        }
    }

    public TemplateDifference {
        files = Map.copyOf(files);
    }

    public static TemplateDifference of(Path root) throws IOException {
        Map<Path, Stamp> found = new HashMap<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        found.put(root.relativize(file), Stamp.of(attrs));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new TemplateDifference(root, found);
    }

    boolean unchanged(Path relative, BasicFileAttributes attrs) {
        return Stamp.of(attrs).equals(files.get(relative));
    }
}
