package io.lakebaseops.ask.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Map;

final class QueryRowTest {
    @Test
    void statementsAreKeptWithoutTheirLiterals() {
        var row =
                QueryRow.plain(
                        Map.of(
                                "pid",
                                7,
                                "statement",
                                "update t set card = 's3cret' /* s3cret */",
                                "last_statement",
                                "alter role r password 's3cr",
                                "share",
                                new BigDecimal("0.5"),
                                "user_name",
                                "app"));
        assertThat(row).containsEntry("pid", 7).containsEntry("share", 0.5);
        assertThat(row).containsEntry("user_name", "app");
        assertThat(String.valueOf(row.get("statement"))).startsWith("update t set card = ?");
        assertThat(row).containsEntry("last_statement", "alter role r password ?");
        assertThat(row.toString()).doesNotContain("s3cr");
    }
}
