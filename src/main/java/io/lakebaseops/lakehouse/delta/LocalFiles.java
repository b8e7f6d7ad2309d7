package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.lakebaseops.platform.OwnerOnly;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// Delta Kernel's file system over `java.nio`. Plain `java.nio`, in place of Hadoop's file systems:
/// those create a commit file by "look, then rename", which two processes can both win.
///
/// Paths are written `file:/dir/name`, not percent-encoded. File times come from the given clock.
final class LocalFiles implements FileIO {
    static final String SCHEME = "file:";

    // Kernel reads these through getConf; the rest keeps its defaults. Row groups of 32 MB keep the
    // writer's memory small on a laptop.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "parquet.compression",
                    "SNAPPY",
                    "parquet.block.size",
                    Integer.toString(32 << 20));

    private final Clock clock;
    private final boolean forced;

    /// @param forced whether written files are on the disk, not only in the system's memory, before
    ///     they get their names
    LocalFiles(Clock clock, boolean forced) {
        this.clock = clock;
        this.forced = forced;
    }

    /// A checksum only spares a replay of the log; one that a crash left empty is passed over.
    private boolean forced(String location) {
        return forced && !location.endsWith(".crc");
    }

    static Path path(String location) {
        var text = location;
        if (text.startsWith(SCHEME)) {
            text = text.substring(SCHEME.length()).replaceFirst("^/+", "/");
            if (text.matches("/[A-Za-z]:.*")) {
                text = text.substring(1);
            }
        }
        return Path.of(text);
    }

    static String location(Path path) {
        var text = path.toAbsolutePath().normalize().toString().replace('\\', '/');
        return SCHEME + (text.startsWith("/") ? text : "/" + text);
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String location) throws IOException {
        var from = path(location);
        var first = from.getFileName().toString();
        var found = new ArrayList<FileStatus>();
        try (var entries =
                Files.newDirectoryStream(
                        from.getParent(),
                        p -> {
                            var name = p.getFileName().toString();
                            return name.charAt(0) != '.' && name.compareTo(first) >= 0;
                        })) {
            for (var entry : entries) {
                try {
                    found.add(status(entry));
                } catch (NoSuchFileException _) {
                    // Another process tidied it up between listing and looking.
                }
            }
        } catch (NoSuchFileException e) {
            throw notFound(location, e);
        }
        found.sort(Comparator.comparing(FileStatus::getPath));
        return KernelInternals.closeable(found.iterator());
    }

    @Override
    public FileStatus getFileStatus(String location) throws IOException {
        try {
            return status(path(location));
        } catch (NoSuchFileException e) {
            throw notFound(location, e);
        }
    }

    @Override
    public String resolvePath(String location) {
        return location(path(location));
    }

    @Override
    public boolean mkdirs(String location) throws IOException {
        OwnerOnly.makeFolder(path(location));
        return true;
    }

    @Override
    public InputFile newInputFile(String location, long size) {
        return new LocalInput(location, path(location), size);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, path(location), clock, forced(location));
    }

    @Override
    public boolean delete(String location) throws IOException {
        return Files.deleteIfExists(path(location));
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.ofNullable(SETTINGS.get(key));
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
        var target = path(to);
        var copy = LocalOutput.scratch(target);
        Files.copy(path(from), copy, StandardCopyOption.COPY_ATTRIBUTES);
        LocalOutput.publish(copy, target, overwrite, clock.instant());
    }

    private static FileStatus status(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return FileStatus.of(
                location(path), attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    private static FileNotFoundException notFound(String location, NoSuchFileException cause) {
        var e = new FileNotFoundException(location);
        e.initCause(cause);
        return e;
    }
}
