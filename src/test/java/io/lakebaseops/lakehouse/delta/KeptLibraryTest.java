package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Driver;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

final class KeptLibraryTest {
    private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir Path home;

    private List<Path> kept() throws IOException {
        try (var files = Files.list(home.resolve("native"))) {
            return files.toList();
        }
    }

    @Test
    void the_library_is_unpacked_once_and_again_when_it_is_torn() throws Exception {
        var folder = home.resolve("native");
        Files.createDirectories(folder);
        var old = Files.createFile(folder.resolve("1-" + System.mapLibraryName("duckdb_java")));
        try (var first = KeptLibrary.of(folder)) {
            var driver =
                    (Driver)
                            first.loadClass("org.duckdb.DuckDBDriver")
                                    .getDeclaredConstructor()
                                    .newInstance();
            try (var session = driver.connect("jdbc:duckdb:", new Properties());
                    var second = DuckDb.another(session);
                    var statement = second.createStatement();
                    var rows = statement.executeQuery("select 6 * 7")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
            assertThat(old).as("of an earlier release").doesNotExist();
            var library = kept().getFirst();
            assertThat(kept()).hasSize(1);
            Files.setLastModifiedTime(library, BEFORE);
            var size = Files.size(library);
            try (var next = KeptLibrary.of(folder)) {
                var name = resource();
                assertThat(next.getResource(name)).isNull();
                assertThat(next.findLibrary("duckdb_java")).isEqualTo(library.toString());
                assertThat(Files.getLastModifiedTime(library)).isEqualTo(BEFORE);
                Files.delete(library);
                Files.write(library, new byte[] {1, 2, 3});
                assertThat(next.getResource(name)).isNull();
                assertThat(Files.size(library)).isEqualTo(size);
            }
        }
    }

    @Test
    void where_nothing_can_be_kept_it_is_unpacked_as_ever() throws Exception {
        var file = Files.createFile(home.resolve("a file"));
        try (var loader = KeptLibrary.of(file.resolve("below"))) {
            assertThat(loader.getResource(resource())).isNotNull();
            assertThat(loader.findLibrary("duckdb_java")).isNull();
        }
    }

    @Test
    void whoever_opens_it_again_in_one_process_finds_it_loaded() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (var session =
                            DuckDb.keepingLibraryIn(home.resolve("native")).open(new Properties());
                    var statement = session.createStatement();
                    var rows = statement.executeQuery("select 6 * 7")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    private static String resource() {
        var system = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        return "libduckdb_java.so_" + system + "_" + System.getProperty("os.arch");
    }
}
