package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.layout.VBox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A list as it is shown becomes a file, in the form its name says.
@ScreenTest
final class ListSaverUiTest {
    @TempDir Path dir;
    private final List<String> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private void save(Path file) {
        FxToolkit.headless();
        FxToolkit.start();
        FxToolkit.call(
                () -> {
                    var list =
                            new DataTable<String>(
                                    "sql statements",
                                    List.of(
                                            Column.text("Statement", 100, s -> s),
                                            Column.text("Length", 50, s -> "" + s.length())));
                    list.show(List.of("select 1", "select \"a\",\n 2", "vacuum"));
                    list.filter().setText("SELECT");
                    var root = new VBox(list);
                    new ListSaver(
                                    name -> {
                                        asked.add(name);
                                        return file;
                                    },
                                    Runnable::run,
                                    said::add)
                            .serve(root);
                    list.table().getContextMenu().getItems().getLast().fire();
                    return list;
                });
    }

    @Test
    void what_is_shown_is_saved_as_csv_or_json() throws Exception {
        save(dir.resolve("a.csv"));
        assertThat(Files.readString(dir.resolve("a.csv")))
                .isEqualTo("Statement,Length\r\nselect 1,8\r\n\"select \"\"a\"\",\n 2\",14\r\n");
        assertThat(asked).containsExactly("sql-statements");
        save(dir.resolve("a.JSON"));
        var json = JsonMapper.builder().build().readTree(dir.resolve("a.JSON").toFile());
        assertThat(json).hasSize(2);
        assertThat(json.path(1).path("Statement").asText()).isEqualTo("select \"a\",\n 2");
        assertThat(said).isEmpty();
    }

    @Test
    void nobody_who_changed_his_mind_gets_a_file_and_a_failure_is_said() throws Exception {
        save(null);
        try (var files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
        save(dir.resolve("none/a.csv"));
        assertThat(said).singleElement().asString().contains("a.csv was not written");
    }
}
