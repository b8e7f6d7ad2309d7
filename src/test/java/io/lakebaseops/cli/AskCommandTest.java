package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class AskCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path dir;
    private final FakeServices services = new FakeServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Commands.build(services)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private List<JsonNode> objects() throws IOException {
        var objects = new ArrayList<JsonNode>();
        for (var line : out.toString().lines().toList()) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    private String file(byte[]... lines) throws IOException {
        var file = dir.resolve("questions.txt");
        try (var to = Files.newOutputStream(file)) {
            for (var line : lines) {
                to.write(line);
                to.write('\n');
            }
        }
        return file.toString();
    }

    private static byte[] text(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_line_that_is_no_question_is_named_and_the_others_are_asked() throws IOException {
        var file =
                file(
                        text("\uFEFF# of the morning"),
                        text("wie groß ist es?\r"),
                        new byte[] {'h', (byte) 0xE9, '?'},
                        text(""),
                        text("what\u0000 is wrong"),
                        text("why ".repeat(600)),
                        text("lost server"),
                        text("who blocks whom?"));
        assertThat(run("ask", "--file", file, "--json")).isEqualTo(ExitCode.FAILED);
        var said = objects();
        assertThat(said).extracting(o -> o.path("line").asInt()).containsExactly(2, 3, 5, 6, 7, 8);
        assertThat(said)
                .extracting(o -> o.path("verdict").asText())
                .containsExactly(
                        "You said wie groß ist es?", "", "", "", "", "You said who blocks whom?");
        assertThat(said.get(1).path("error").asText()).contains("UTF-8");
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        l -> assertThat(l).contains("questions.txt, line 3", "save the file as"),
                        l -> assertThat(l).contains("line 5", "control character"),
                        l -> assertThat(l).contains("line 6", "2,399 characters", "2,000"),
                        l -> assertThat(l).contains("line 7", "it is away"));

        assertThat(run("ask", "--file", file(text("a"), new byte[] {(byte) 0xFF}, text("b"))))
                .as("bad lines alone are wrong input")
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("You said a", "You said b");
        assertThat(run("ask", "--file", file(text("# nothing")))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no question in");
        assertThat(run("ask", "--file", dir.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("File of questions", "none");
    }

    @Test
    void a_next_step_with_a_plan_is_filed_on_request_alone() throws IOException {
        assertThat(run("ask", "mend", "it")).isZero();
        assertThat(out.toString())
                .contains("next: File plan: drop the copy (--plan, or: tool detect_duplicate_ind")
                .doesNotContain("filed:");
        assertThat(run("ask", "mend", "it", "--json")).isZero();
        assertThat(objects().getFirst().at("/actions/0/do").asText())
                .isEqualTo("propose_detect_duplicate_indexes");
        assertThat(services.approvals().waiting()).isEmpty();

        assertThat(run("ask", "mend", "it", "--plan", "--json")).isZero();
        var filed = objects().getFirst().path("filed");
        assertThat(filed).hasSize(1);
        assertThat(filed.get(0).path("state").asText()).isEqualTo("waiting");
        assertThat(services.approvals().waiting()).hasSize(1);
        assertThat(run("ask", "mend", "it", "--plan")).isZero();
        assertThat(out.toString()).contains("filed: ").contains(", waiting");
        assertThat(run("ask", "why", "--plan")).isZero();
        assertThat(out.toString()).contains("filed: nothing");
    }
}
