package io.lakebaseops.console.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.console.FakeShop;
import io.lakebaseops.framework.Tool;

import org.junit.jupiter.api.Test;

final class ToolFormTest {
    private static final String SCHEMA =
            """
            {"type":"object","required":["n"],"properties":{
              "n":{"type":"integer","minimum":1},
              "ratio":{"type":"number"},
              "mode":{"type":"string","enum":["fast","exact"],"default":"fast"},
              "dry":{"type":"boolean","default":true},
              "idle_for":{"type":"string","format":"duration"},
              "id":{"type":"string","format":"uuid"},
              "schemas":{"type":"array","items":{"type":"string"}}}}
            """;

    private final ToolForm form = form();

    private static ToolForm form() {
        try {
            var tool = FakeShop.busyDay().tools.catalog().all().getFirst();
            return new ToolForm(
                    ((Tool<?, ?>) tool).descriptor(), new ObjectMapper().readTree(SCHEMA));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private FormField field(String name) {
        return form.fields().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private void type(String name, String text) {
        field(name).textProperty().set(text);
    }

    @Test
    void a_needed_field_left_empty_stops_the_run_and_says_so() {
        assertThat(form.input()).isEmpty();
        assertThat(field("n").problemProperty().get()).isEqualTo("Required");
    }

    @Test
    void presets_and_typed_values_become_json_of_their_types() {
        type("n", " 5 ");
        type("ratio", "0.25");
        type("schemas", "shop\n  web \n");
        assertThat(form.input())
                .hasValueSatisfying(
                        json ->
                                assertThat(json)
                                        .hasToString(
                                                "{\"n\":5,\"ratio\":0.25,\"mode\":\"fast\","
                                                        + "\"dry\":true,\"schemas\":[\"shop\",\"web\"]}"));
    }

    @Test
    void every_kind_says_what_is_wrong_with_it() {
        type("n", "0");
        type("ratio", "much");
        type("idle_for", "long");
        type("id", "7");
        assertThat(form.input()).isEmpty();
        assertThat(field("n").problemProperty().get()).isEqualTo("must be at least 1");
        assertThat(field("ratio").problemProperty().get()).isEqualTo("must be a number");
        assertThat(field("idle_for").problemProperty().get()).contains("a time like");
        assertThat(field("id").problemProperty().get()).contains("an id like");
    }

    @Test
    void durations_may_be_short_or_iso() {
        type("n", "1");
        type("idle_for", "7d");
        assertThat(form.input()).isPresent();
        type("idle_for", "PT30M");
        assertThat(form.input()).isPresent();
    }
}
