package io.lakebaseops.agents.health.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SessionFactsTest {
    /// The server hands out its first 80 characters, which may end inside a literal.
    @Test
    void theLongestStatementIsToldWithoutItsLiterals() {
        assertThat(
                        SessionFacts.longest(
                                "pid 7 (app, web)",
                                "alter role r password 's3cret' /* s3cret */ valid until 's3cr",
                                61))
                .startsWith("pid 7 (app, web): alter role r password ? valid until ? runs for ")
                .doesNotContain("s3cr");
    }
}
