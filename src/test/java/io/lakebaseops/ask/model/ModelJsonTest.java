package io.lakebaseops.ask.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// What a model gets of a result.
final class ModelJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String shaped(String json) throws IOException {
        return ModelJson.of(JSON.readTree(json));
    }

    @Test
    void ids_and_numbers_that_doubles_round_are_texts() throws IOException {
        assertThat(shaped("{\"queryid\":5,\"calls\":7,\"xid\":9007199254740993}"))
                .isEqualTo("{\"queryid\":\"5\",\"calls\":7,\"xid\":\"9007199254740993\"}");
        assertThat(shaped("[-1234567890123456789]")).isEqualTo("[\"-1234567890123456789\"]");
    }

    @Test
    void literals_of_statements_are_masked_also_in_tables() throws IOException {
        assertThat(shaped("{\"query\":\"select 'secret', 42 from t\"}"))
                .isEqualTo("{\"query\":\"select ?, ? from t\"}");
        assertThat(
                        shaped(
                                "{\"columns\":[{\"name\":\"pid\"},{\"name\":\"query\"}],"
                                        + "\"rows\":[[1,\"select 'secret'\"]]}"))
                .contains("[1,\"select ?\"]");
    }

    @Test
    void the_size_has_a_limit_and_what_is_left_out_is_counted() throws IOException {
        var rows = JSON.createArrayNode();
        for (int i = 0; i < 5_000; i++) {
            rows.addObject().put("name", "x".repeat(100)).put("n", i);
        }
        var shaped = ModelJson.of(JSON.createObjectNode().set("findings", rows));
        assertThat(shaped.length()).isLessThanOrEqualTo(ModelJson.MOST_CHARS);
        assertThat(shaped).contains("… 4,800 more are left out");
        assertThat(JSON.readTree(shaped).path("findings").size()).isEqualTo(201);
        var long1 = ModelJson.of(JSON.createObjectNode().put("note", "y".repeat(100_000)));
        assertThat(long1).contains("characters more)").hasSizeLessThan(5_000);
    }
}
