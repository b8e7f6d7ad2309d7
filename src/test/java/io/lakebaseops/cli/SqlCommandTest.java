package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// `sql --read`, as far as no server is needed.
final class SqlCommandTest {
    private final FakeServices services = new FakeServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... args) {
        return Commands.build(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void what_does_not_only_read_is_refused_with_word_place_and_reason() throws IOException {
        assertThat(run("sql", "--read", "select 1; drop table t", "--json")).isEqualTo(2);
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("status").asText()).isEqualTo("refused");
        assertThat(json.path("word").asText()).isEqualTo("DROP TABLE");
        assertThat(json.path("position").asInt()).isEqualTo(10);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "Not run 'DROP TABLE' at character 11: these are 2 statements: run one at a"
                                + " time");
    }

    @Test
    void a_server_that_cannot_be_reached_is_a_failure_not_a_refusal() throws IOException {
        assertThat(run("sql", "--read", "select 1", "--json")).isEqualTo(1);
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("status").asText()).isEqualTo("failed");
        assertThat(json.path("error").asText()).isEqualTo("Connect: refused — start the server");
    }
}
