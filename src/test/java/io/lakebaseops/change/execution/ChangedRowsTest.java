package io.lakebaseops.change.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Rows;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class ChangedRowsTest {
    private static Rows row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Rows(List.of(row));
    }

    private static final Rows INDEX =
            row("definition", "CREATE INDEX i ON t (a)", "is_usable", true, "owner", null);

    @Test
    void only_the_cells_that_differ_are_told() {
        assertThat(
                        ChangedRows.words(
                                INDEX,
                                row(
                                        "definition",
                                        "CREATE INDEX i ON t (a) WHERE (a > 1)",
                                        "is_usable",
                                        true,
                                        "owner",
                                        null)))
                .isEqualTo(
                        "its definition was CREATE INDEX i ON t (a), and is now CREATE INDEX i ON t"
                                + " (a) WHERE (a > 1)");
        assertThat(
                        ChangedRows.words(
                                INDEX,
                                row(
                                        "definition",
                                        "CREATE INDEX i ON t (a)",
                                        "is_usable",
                                        false,
                                        "owner",
                                        "ada")))
                .isEqualTo("it was usable, and no longer is; its owner was empty, and is now ada");
    }

    @Test
    void what_came_or_went_is_told_as_such() {
        assertThat(ChangedRows.words(INDEX, Rows.EMPTY)).isEqualTo("it is gone");
        assertThat(ChangedRows.words(row("present", 1L), row("present", 0L)))
                .isEqualTo("it is gone");
        assertThat(ChangedRows.words(row("present", 0L), row("present", 1L)))
                .isEqualTo("it was not there then, and is now");
        assertThat(ChangedRows.words(Rows.EMPTY, INDEX))
                .isEqualTo("it was not there then, and is now");
        assertThat(
                        ChangedRows.words(
                                INDEX,
                                new Rows(
                                        List.of(INDEX.list().getFirst(), INDEX.list().getFirst()))))
                .isEqualTo("there were 1 of it then, and are 2 now");
    }

    @Test
    void a_long_definition_is_cut() {
        assertThat(ChangedRows.words(row("body", "x".repeat(5_000)), row("body", "y")))
                .hasSizeLessThan(300)
                .endsWith("…, and is now y");
    }
}
