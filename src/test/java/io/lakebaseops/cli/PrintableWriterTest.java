package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// What whoever may name an index could write into an approver's terminal.
class PrintableWriterTest {
    private static final String LINES = "n\nrisk      low\nwhat       ANALYZE evil.plain";
    private static final String ERASE =
            "\u001B[2K\u001B[1A\u001B[1;32mapproved\u001B]52;c;eA\u0007";
    private static final String TURN = "\u202Eevil";

    private final StringWriter text = new StringWriter();

    @Test
    void aCellStaysOnItsLineAndErasesNothing() {
        OutputWriter.table(
                new PrintWriter(text), List.of(List.of(LINES, ERASE), List.of(TURN, "x")));
        assertThat(text.toString().lines()).hasSize(2);
        assertThat(text.toString()).doesNotContain("\u001B", "\u0007", "\u202E");
        assertThat(text.toString()).contains("\\u001B[2K", "\\u202Eevil", "n\\u000Arisk");
    }

    @Test
    void jsonKeepsItsMeaningAndHoldsNothingThatTheTerminalWouldObey() throws Exception {
        var tree =
                JsonMapper.builder()
                        .build()
                        .createObjectNode()
                        .put("name", ERASE + TURN + "\u009B2J");
        OutputWriter.json(new PrintWriter(text), tree);
        assertThat(text.toString()).doesNotContain("\u001B", "\u202E", "\u009B");
        assertThat(JsonMapper.builder().build().readTree(text.toString())).isEqualTo(tree);
    }

    @Test
    void whateverIsPrintedPassesTheGuard() {
        var out = PrintableWriter.over(new PrintWriter(text));
        out.println("plan " + ERASE);
        out.printf("%s%n", TURN);
        out.flush();
        assertThat(text.toString())
                .isEqualTo(
                        "plan \\u001B[2K\\u001B[1A\\u001B[1;32mapproved\\u001B]52;c;eA\\u0007%n\\u202Eevil%n"
                                .formatted());
    }
}
