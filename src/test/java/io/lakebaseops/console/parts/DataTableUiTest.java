package io.lakebaseops.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

@ScreenTest
final class DataTableUiTest {
    record Line(String name, int size) {}

    private static final List<Column<Line>> COLUMNS =
            List.of(
                    Column.text("Name", 200, Line::name),
                    Column.number(
                            "Size",
                            80,
                            l -> Integer.toString(l.size()),
                            Comparator.comparingInt(Line::size)));

    @BeforeAll
    static void toolkit() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    private static long openMillis(List<Line> rows) {
        return FxToolkit.call(
                () -> {
                    var place = new StackPane();
                    var scene = new Scene(place, 900, 700);
                    Theme.DARK.applyTo(scene);
                    place.applyCss();
                    long start = System.nanoTime();
                    var table = new DataTable<>("tables", COLUMNS);
                    place.getChildren().setAll(table);
                    table.show(rows);
                    place.applyCss();
                    place.layout();
                    return (System.nanoTime() - start) / 1_000_000;
                });
    }

    @Test
    void ten_thousand_rows_open_within_300_ms() throws Exception {
        var rows =
                IntStream.range(0, 10_000).mapToObj(i -> new Line("shop.table_" + i, i)).toList();
        openMillis(rows.subList(0, 100)); // classes load once per process
        var took =
                Fastest.of(20, Duration.ofMillis(300), () -> Duration.ofMillis(openMillis(rows)));
        System.getLogger("timing").log(System.Logger.Level.INFO, "10,000 rows in " + took);
    }

    @Test
    void it_is_not_called_empty_before_it_was_read() {
        var words =
                FxToolkit.call(
                        () -> {
                            var table = new DataTable<>("tables", COLUMNS);
                            var before = ((Labeled) table.table().getPlaceholder()).getText();
                            table.show(List.of());
                            return List.of(
                                    before, ((Labeled) table.table().getPlaceholder()).getText());
                        });
        assertThat(words).containsExactly("", "Nothing here yet");
    }

    @Test
    void what_is_copied_is_what_is_shown_sorted_and_filtered() {
        var csv =
                FxToolkit.call(
                        () -> {
                            var table = new DataTable<>("tables", COLUMNS);
                            table.show(
                                    List.of(
                                            new Line("b,\"x\"", 9),
                                            new Line("bb", 10),
                                            new Line("c|d", 1)));
                            table.filter().setText("b");
                            table.table().getSortOrder().add(table.table().getColumns().get(1));
                            var first = table.csv();
                            table.filter().setText("");
                            return first + table.markdown();
                        });
        assertThat(csv)
                .isEqualTo(
                        "Name,Size\r\n\"b,\"\"x\"\"\",9\r\nbb,10\r\n"
                                + "| Name | Size |\n| --- | ---: |\n"
                                + "| c\\|d | 1 |\n| b,\"x\" | 9 |\n| bb | 10 |\n");
    }
}
