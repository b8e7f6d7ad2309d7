package io.lakebaseops.local.compute.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

final class UnpackTest {
    @TempDir Path dir;

    @Test
    void the_systems_tar_and_our_reader_leave_the_same_files() throws IOException {
        var system = Files.createDirectory(dir.resolve("system"));
        var ours = Files.createDirectory(dir.resolve("ours"));
        URL server = PostgresBinaries.server();
        try (var in = server.openStream()) {
            PostgresBinaries.unpack(in, ours);
        }
        var expected = TarProgram.unpack(server.openConnection(), system) ? tree(ours) : Map.of();

        assertThat(tree(ours)).containsKeys("bin/postgres", "bin/initdb").hasSizeGreaterThan(500);
        assertThat(tree(system)).isEqualTo(expected);
    }

    @Test
    void what_tar_cannot_read_leaves_an_empty_directory() throws IOException {
        var target = Files.createDirectory(dir.resolve("target"));
        byte[] head = new byte[300_000];
        try (var in = PostgresBinaries.server().openStream()) {
            in.readNBytes(head, 0, head.length);
        }

        assertThat(TarProgram.unpack(of(head), target)).isFalse();

        assertThat(tree(target)).isEmpty();
        assertThat(target).isDirectory();
    }

    @Test
    void a_file_that_a_cleaner_of_caches_took_is_there_again() throws IOException {
        var cache = dir.resolve("cache");
        var home = PostgresBinaries.unpacked(cache).home();
        var before = tree(home);
        Files.delete(home.resolve("share/postgresql/extension/pg_stat_statements.control"));

        assertThat(PostgresBinaries.unpacked(cache).home()).isEqualTo(home);

        assertThat(tree(home)).isEqualTo(before);
        try (var left = Files.list(cache)) {
            assertThat(left).containsExactly(home);
        }
    }

    private static URLConnection of(byte[] content) throws IOException {
        return new URLConnection(URI.create("file:cut").toURL()) {
            @Override
            public void connect() {}

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    /// Content, or where a link leads, and whether it may be run, by relative path.
    private static Map<String, String> tree(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    found.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    var crc = new CRC32();
                    crc.update(Files.readAllBytes(path));
                    found.put(name, crc.getValue() + (Files.isExecutable(path) ? " x" : ""));
                }
            }
        }
        return found;
    }
}
