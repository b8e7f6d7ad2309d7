package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ToolSchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void schemaOfTheSampleIsTheReviewedOne() throws IOException {
        try (var golden = ToolSchemaTest.class.getResourceAsStream("sample-schema.json")) {
            assertThat(ToolSchema.of(SampleTool.Input.class)).isEqualTo(JSON.readTree(golden));
        }
    }

    @Test
    void toolWithoutInputTakesNothing() {
        record Nothing() {}
        assertThat(ToolSchema.of(Nothing.class).toString())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
    }

    @Test
    void typeThatJsonCannotCarryIsRefusedByName() {
        record Odd(Thread thread) {}
        assertThatThrownBy(() -> ToolSchema.of(Odd.class)).hasMessageContaining("java.lang.Thread");
    }
}
