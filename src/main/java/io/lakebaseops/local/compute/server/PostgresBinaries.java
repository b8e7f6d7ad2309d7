package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.PrivateFiles;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The unpacked PostgreSQL server of this platform. Unpacks it from the class path once per user.
///
/// @param home directory with `bin/postgres`, `bin/initdb`, `bin/pg_ctl`, `lib` and `share`
public record PostgresBinaries(Path home) {
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private static final String CONTENTS = "contents.txt";

    /// Extensions a database owner may create although he is no superuser, as the platform allows.
    private static final Set<String> ALLOWED_EXTENSIONS =
            Set.of(
                    "amcheck",
                    "pageinspect",
                    "pg_buffercache",
                    "pg_freespacemap",
                    "pg_prewarm",
                    "pg_stat_statements",
                    "pg_visibility",
                    "pgrowlocks",
                    "pgstattuple");

    /// Finds the unpacked server in the cache or unpacks it there. Two processes may do so at once:
    /// each unpacks beside the final place, the first rename wins, the other's copy is removed.
    public static PostgresBinaries unpacked(Path cacheDir) {
        // Two servers of one process start side by side; the second finds what the first unpacked.
        ONE_AT_A_TIME.lock();
        try {
            return unpackedOnce(cacheDir);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static PostgresBinaries unpackedOnce(Path cacheDir) {
        URL resource = server();
        try {
            URLConnection connection = resource.openConnection();
            Path home = cacheDir.resolve("postgres-" + key(connection));
            if (Files.isExecutable(new PostgresBinaries(home).bin("postgres"))) {
                if (whole(home)) {
                    return new PostgresBinaries(home);
                }
                LOG.warn("Files of {} are missing; it is unpacked anew", home);
            }
            Files.createDirectories(cacheDir);
            Path fresh = Files.createTempDirectory(cacheDir, "unpack-");
            if (!TarProgram.unpack(connection, fresh)) {
                try (InputStream in = resource.openStream()) {
                    unpack(in, fresh);
                }
            }
            allowExtensions(fresh.resolve("share"));
            Files.writeString(fresh.resolve(CONTENTS), contents(fresh));
            if (Files.exists(home)) {
                // Aside first: whoever runs from there keeps what it has open.
                Path damaged = Files.createTempDirectory(cacheDir, "damaged-");
                Files.move(home, damaged, StandardCopyOption.REPLACE_EXISTING);
                FileTree.delete(damaged);
            }
            FileTree.publish(fresh, home);
            LOG.info("PostgreSQL unpacked to {}", home);
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new ComputeException("PostgreSQL could not be unpacked to " + cacheDir, e);
        }
    }

    /// Cleaners of caches take single old files away, of which the server would speak much later.
    /// One that was unpacked before there was a note of its contents is believed.
    private static boolean whole(Path home) throws IOException {
        Path note = home.resolve(CONTENTS);
        if (!Files.exists(note)) {
            PrivateFiles.replace(note, contents(home).getBytes(StandardCharsets.UTF_8), false);
            return true;
        }
        return Files.readString(note).equals(contents(home));
    }

    /// How many files there are, and their bytes.
    private static String contents(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            LongSummaryStatistics sizes =
                    all.map(Path::toFile)
                            .filter(f -> f.isFile() && !f.getName().startsWith(CONTENTS))
                            .mapToLong(File::length)
                            .summaryStatistics();
            return sizes.getCount() + " files, " + sizes.getSum() + " bytes\n";
        }
    }

    /// The packed server of this platform.
    static URL server() {
        String name = resourceName();
        URL resource = PostgresBinaries.class.getResource("/" + name);
        if (resource == null) {
            throw new ComputeException(
                    "No PostgreSQL server for this platform is built in: " + name);
        }
        return resource;
    }

    public Path bin(String program) {
        return home.resolve("bin").resolve(OperatingSystem.current().executable(program));
    }

    private static String resourceName() {
        return "postgres-"
                + OperatingSystem.current().artifact(System.getProperty("os.arch"))
                + ".txz";
    }

    /// Size and the jar's own CRC name a build without reading its 15 MB at every start.
    private static String key(URLConnection connection) throws IOException {
        long crc =
                connection instanceof JarURLConnection jar
                        ? jar.getJarEntry().getCrc()
                        : connection.getLastModified();
        return Long.toHexString(connection.getContentLengthLong()) + "-" + Long.toHexString(crc);
    }

    static void unpack(InputStream txz, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(txz, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("archive entry leaves its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    if (executable && !path.toFile().setExecutable(true, false)) {
                        throw new IOException(path + " cannot be made executable");
                    }
                }
            }
        }
    }

    /// The builds for Windows have no folder `postgresql` below `share`.
    private static void allowExtensions(Path share) throws IOException {
        Path below = share.resolve("postgresql");
        Path controlFiles = (Files.isDirectory(below) ? below : share).resolve("extension");
        for (String extension : ALLOWED_EXTENSIONS) {
            Path control = controlFiles.resolve(extension + ".control");
            if (Files.exists(control)) {
                Files.writeString(control, "\ntrusted = true\n", StandardOpenOption.APPEND);
            }
        }
    }
}
