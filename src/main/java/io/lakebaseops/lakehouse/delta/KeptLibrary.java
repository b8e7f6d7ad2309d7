package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The class loader of DuckDB's driver: it finds the native library in a folder where an earlier
/// start left it. The driver asks for it as a resource, which it would unpack; it is told that
/// there is none, and then looks for an ordinary library, as every class loader may find one.
///
/// The file's name has the checksum that the jar states, so that another release has another file.
@SuppressWarnings("BanClassLoader") // of a jar of this program, for the sake of its library
final class KeptLibrary extends URLClassLoader {
    private static final Logger log = LoggerFactory.getLogger(KeptLibrary.class);

    private static final String DRIVER = "org.duckdb.";
    private static final String RESOURCE = "libduckdb_java.so_";
    private static final String LIBRARY = "duckdb_java";

    static {
        registerAsParallelCapable();
    }

    private final Path folder;
    private volatile @Nullable Path library;

    private KeptLibrary(URL jar, Path folder) {
        super(new URL[] {jar}, KeptLibrary.class.getClassLoader());
        this.folder = folder;
    }

    static KeptLibrary of(Path folder) throws IOException {
        var found = KeptLibrary.class.getResource("/org/duckdb/DuckDBDriver.class");
        if (found == null || !(found.openConnection() instanceof JarURLConnection driver)) {
            throw new IOException("DuckDB's driver is in no jar");
        }
        return new KeptLibrary(driver.getJarFileURL(), folder);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("jdk.jfr.")) {
            // Its events about memory are for nobody here, and flight recording takes long to
            // begin.
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith(DRIVER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        var packed = super.getResource(name);
        if (packed == null || !name.startsWith(RESOURCE)) {
            return packed;
        }
        try {
            library = kept(packed);
            return null;
        } catch (IOException e) {
            log.info("DuckDB's library is not kept in {}: {}", folder, e.getMessage());
            return packed;
        }
    }

    @Override
    protected @Nullable String findLibrary(String name) {
        var there = library;
        return there != null && name.equals(LIBRARY) ? there.toString() : super.findLibrary(name);
    }

    private Path kept(URL packed) throws IOException {
        if (!(packed.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("it is in no jar");
        }
        var entry = connection.getJarEntry();
        var file =
                folder.resolve(
                        Long.toHexString(entry.getCrc()) + "-" + System.mapLibraryName(LIBRARY));
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == entry.getSize()) {
            return file;
        }
        OwnerOnly.closedFolder(folder);
        var made = Files.createTempFile(folder, "unpacking-", ".tmp");
        try {
            try (var from = connection.getInputStream();
                    var to = Files.newOutputStream(made)) {
                from.transferTo(to);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
        forget(file);
        return file;
    }

    /// Those of earlier releases.
    private void forget(Path but) {
        try (var others = Files.newDirectoryStream(folder, "*-" + System.mapLibraryName(LIBRARY))) {
            for (var other : others) {
                if (!other.equals(but)) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException e) {
            // A process of the earlier release uses it, on a system that forbids this.
            log.debug("A library of an earlier release stays: {}", e.getMessage());
        }
    }
}
