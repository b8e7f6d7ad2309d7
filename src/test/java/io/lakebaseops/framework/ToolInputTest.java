package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ToolInputTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SampleTool.Input read(String json) throws JsonProcessingException {
        return ToolInput.read("Input", SampleTool.Input.class, JSON.readTree(json));
    }

    @Test
    void whatIsLeftOutTakesItsDefault() throws Exception {
        assertThat(read("{}"))
                .isEqualTo(
                        new SampleTool.Input(
                                5000,
                                SampleTool.Mode.QUICK_LOOK,
                                false,
                                null,
                                Duration.ofDays(7),
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                Map.of()));
    }

    @Test
    void everyTypeIsRead() throws Exception {
        var id = "0b5d2f0a-5b7e-4d1c-9a57-0f4f6ad0a001";
        assertThat(
                        read(
                                """
                                {"top": 3, "mode": "THOROUGH", "dry_run": true, "min_ratio": 2,
                                 "idle_for": "PT30M", "since": "2026-03-01T02:00:00Z",
                                 "alert_id": "%s", "bytes": 9000000000,
                                 "schemas": ["shop", "Odd \\"name\\""],
                                 "pairs": [{"source": "a"}, {"source": "b", "target": null}],
                                 "tags": {"team": "dba"}}
                                """
                                        .formatted(id)))
                .isEqualTo(
                        new SampleTool.Input(
                                3,
                                SampleTool.Mode.THOROUGH,
                                true,
                                2.0,
                                Duration.ofMinutes(30),
                                Instant.parse("2026-03-01T02:00:00Z"),
                                UUID.fromString(id),
                                9_000_000_000L,
                                List.of("shop", "Odd \"name\""),
                                List.of(
                                        new SampleTool.Pair("a", null),
                                        new SampleTool.Pair("b", null)),
                                Map.of("team", "dba")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"tpo\": 1} | unknown field tpo (known: top, mode",
                "{\"top\": \"many\"} | top must be a whole number but is \"many\"",
                "{\"top\": 1.5} | top must be a whole number but is 1.5",
                "{\"top\": 99999999999} | top must be a smaller number",
                "{\"mode\": \"fast\"} | mode must be one of quick_look, thorough but is \"fast\"",
                "{\"dry_run\": \"yes\"} | dry_run must be true or false",
                "{\"idle_for\": \"a while\"} | idle_for must be a duration such as PT30M",
                "{\"since\": \"yesterday\"} | since must be a time in UTC",
                "{\"schemas\": \"shop\"} | schemas must be a list",
                "{\"schemas\": [\"a\", 7]} | schemas[1] must be text but is 7",
                "{\"pairs\": [{}]} | pairs[0].source is required",
                "{\"pairs\": [{\"source\": \"a\", \"x\": 1}]} | unknown field pairs[0].x",
                "{\"pairs\": [7]} | pairs[0] must be an object",
                "{\"tags\": {\"a\": 1}} | tags.a must be text",
                "{\"top\": 0} | top must be at least 1 but is 0",
                "[] | it must be an object",
            })
    void misfitIsNamedInWords(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(OpsException.Kind.INVALID_INPUT);
                            assertThat(e.why()).contains(problem);
                        });
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read("{\"top\": true, \"mode\": 1, \"nope\": 2}"))
                .hasMessageContaining("top")
                .hasMessageContaining("mode")
                .hasMessageContaining("nope");
    }
}
