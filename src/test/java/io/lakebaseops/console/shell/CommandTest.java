package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.stream.Stream;

final class CommandTest {
    private static final List<Command> ALL =
            Stream.of(
                            "Vacuum",
                            "Schedule vacuum analyze",
                            "Approvals",
                            "Detect unused indexes",
                            "storefront-prod / production",
                            "Vary")
                    .map(t -> new Command(Feather.TERMINAL, t, "tool", "measures", () -> {}))
                    .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vacuum        | Vacuum, Schedule vacuum analyze
                    vacum         | Vacuum, Schedule vacuum analyze
                    vaccuum       | Vacuum, Schedule vacuum analyze
                    vavuum        | Vacuum, Schedule vacuum analyze
                    aprovals      | Approvals
                    unusd idx     |
                    unusd index   | Detect unused indexes
                    prodution     | storefront-prod / production
                    analyze vac   | Schedule vacuum analyze
                    var           | Vary
                    vat           |
                    payroll       |
                    """)
    void aLetterWrongStillFindsIt(String typed, String titles) {
        var found = Command.matching(ALL, typed).stream().map(Command::title).toList();
        assertThat(found)
                .containsExactlyElementsOf(
                        titles == null ? List.of() : List.of(titles.split(", ")));
    }

    @ParameterizedTest
    @CsvSource({"'', 6", "'   ', 6", "measures, 6", "tool, 6"})
    void nothingTypedAndTheDetailFindAll(String typed, int count) {
        assertThat(Command.matching(ALL, typed)).hasSize(count);
    }
}
