package io.lakebaseops.testing;

import io.lakebaseops.platform.OperatingSystem;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where are the server's programs, and a data directory to copy? Unpacked and made once per
/// machine.
///
/// @param name of their directory
/// @param archive opens what holds them
record PgBinaries(String name, Archive archive) {
    private static final String RESOURCE =
            "/postgres-"
                    + OperatingSystem.current().artifact(System.getProperty("os.arch"))
                    + ".txz";

    interface Archive {
        InputStream open() throws IOException;
    }

    /// Those on the class path.
    static final PgBinaries SEVENTEEN =
            new PgBinaries("lakebaseops-pg17-binaries", PgBinaries::ofClassPath);

    /// Of another release, in a jar of the same kind.
    static PgBinaries in(Path jar) {
        return new PgBinaries(
                "lakebaseops-" + jar.getFileName(),
                () -> {
                    var url = "jar:" + jar.toUri() + "!" + RESOURCE;
                    return URI.create(url).toURL().openStream();
                });
    }

    private static InputStream ofClassPath() throws IOException {
        var raw = PgBinaries.class.getResourceAsStream(RESOURCE);
        if (raw == null) {
            throw new IOException("No PostgreSQL binaries on the class path: " + RESOURCE);
        }
        return raw;
    }

    /// The directory of the programs.
    Path unpacked() throws IOException {
        return once("unpacked", this::unpack).resolve("bin");
    }

    /// A data directory fresh from initdb, to be copied.
    Path template() throws IOException {
        var bin = unpacked();
        return once("template-made", home -> initialise(bin, home.resolve("template")))
                .resolve("template");
    }

    static String program(Path bin, String name) {
        return bin.resolve(OperatingSystem.current().executable(name)).toString();
    }

    private interface Work {
        void in(Path home) throws IOException;
    }

    /// Two test runs at once: the second waits for the first, and so does a second thread.
    private Path once(String mark, Work work) throws IOException {
        synchronized (PgBinaries.class) {
            return onceHere(mark, work);
        }
    }

    private Path onceHere(String mark, Work work) throws IOException {
        var home = Path.of(System.getProperty("java.io.tmpdir"), name);
        Files.createDirectories(home);
        try (var channel =
                        FileChannel.open(
                                home.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!Files.exists(home.resolve(mark))) {
                work.in(home);
                Files.writeString(home.resolve(mark), "");
            }
        }
        return home;
    }

    private static void initialise(Path bin, Path data) throws IOException {
        Pg17.remove(data);
        Pg17.run(
                program(bin, "initdb"),
                "-D",
                data.toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-sync",
                "--no-instructions",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
    }

    private void unpack(Path home) throws IOException {
        try (var raw = archive.open()) {
            var tar =
                    new TarArchiveInputStream(
                            new XZCompressorInputStream(new BufferedInputStream(raw)));
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                var file = home.resolve(e.getName()).normalize();
                if (e.isDirectory()) {
                    Files.createDirectories(file);
                } else if (e.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.deleteIfExists(file);
                    Files.createSymbolicLink(file, Path.of(e.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    if ((e.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
                        throw new IOException(file + " cannot be made executable");
                    }
                }
            }
        }
    }
}
