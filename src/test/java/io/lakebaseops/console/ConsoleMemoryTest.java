package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ConsoleMemoryTest {
    @TempDir private Path dir;

    @Test
    void the_window_opens_as_it_was_closed() {
        var file = dir.resolve("a/b/console.json");
        var memory =
                new ConsoleMemory(
                        Theme.LIGHT,
                        1500,
                        800,
                        true,
                        "orders/postgres/db1:5432",
                        true,
                        12.0,
                        -3.0,
                        Language.GERMAN,
                        true);
        memory.write(file);
        assertThat(ConsoleMemory.read(file)).isEqualTo(memory);
    }

    @Test
    void a_damaged_file_opens_a_fresh_window() throws IOException {
        var file = Files.writeString(dir.resolve("x.json"), "{\"theme\":");
        assertThat(ConsoleMemory.read(file)).isEqualTo(ConsoleMemory.FRESH);
    }

    @Test
    void an_absurd_size_is_brought_back_to_a_usable_one() {
        assertThat(
                        new ConsoleMemory(
                                        Theme.DARK,
                                        10,
                                        1e9,
                                        false,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)
                                .width())
                .isEqualTo(1024);
    }

    @Test
    void a_file_of_an_earlier_version_has_no_place_and_is_read() throws IOException {
        var file =
                Files.writeString(
                        dir.resolve("old.json"),
                        "{\"theme\":\"LIGHT\",\"width\":1300,\"height\":800,\"maximized\":false,\"target\":null}");
        assertThat(ConsoleMemory.read(file).theme()).isEqualTo(Theme.LIGHT);
        assertThat(ConsoleMemory.read(file).x()).isNull();
    }
}
