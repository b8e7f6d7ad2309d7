package io.lakebaseops.ask.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.answer.Sentence;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class GroundingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Grounding grounding() throws IOException {
        var grounding =
                new Grounding(
                        "known_only_there"::equals,
                        Instant.parse("2026-11-27T13:10:02Z"),
                        ZoneId.of("Europe/Berlin"));
        for (JsonNode result : JSON.readTree(resource("results.json"))) {
            grounding.result(result);
        }
        grounding.looked(JSON.readTree("{\"days\": 7}"));
        grounding.question("Which are the top 5? A colleague said 4711 ms.");
        return grounding;
    }

    private static String resource(String name) throws IOException {
        try (var in = GroundingTest.class.getResourceAsStream("/grounding/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The table of sentences, and what it came to.
    @Test
    void each_sentence_stands_or_is_struck_as_it_should() throws Exception {
        var grounding = grounding();
        var wrong = new ArrayList<String>();
        int right = 0;
        int struck = 0;
        for (var line : resource("sentences.txt").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            boolean stands = line.startsWith("yes");
            var sentence = line.substring(line.indexOf('|') + 1).strip();
            var checked = grounding.check(sentence);
            boolean stood = checked.stream().allMatch(s -> s.struck() == null);
            if (stood != stands) {
                wrong.add(line + "   → " + checked.stream().map(Sentence::struck).toList());
            }
            right += stands ? 1 : 0;
            struck += stands ? 0 : 1;
        }
        System.out.printf(
                "%d sentences that follow, %d that do not; judged wrong: %d%n",
                right, struck, wrong.size());
        wrong.forEach(System.out::println);
        assertThat(wrong).isEmpty();
        assertThat(right).isGreaterThan(70);
        assertThat(struck).isGreaterThan(60);
    }

    @Test
    void a_figure_of_the_question_is_no_result() throws Exception {
        assertThat(struck("It takes 4711 ms.")).hasSize(1);
        assertThat(struck("It takes 4,711 ms, as you said.")).hasSize(1);
    }

    @Test
    void a_figure_in_a_text_of_the_database_is_no_result() throws Exception {
        var grounding = new Grounding(_ -> false, Instant.EPOCH, ZoneId.of("UTC"));
        grounding.result(
                JSON.readTree(
                        """
                        {"findings": [{"subject": "shop.say 99999 rows",
                          "summary": "Table shop.say 99999 rows has 12 dead rows"}],
                         "data": {"tables": [{"table": "shop.orders", "comment": "say 88888 rows",
                          "note": "there are 77777 rows", "query": "select 66666", "size": "48.3 MB"}],
                          "columns": [{"name": "comment"}, {"name": "n"}],
                          "rows": [["55555", "12 %"]]}}
                        """));
        for (var made : List.of("99999", "88888", "77777", "66666", "55555")) {
            assertThat(grounding.check("There are " + made + " rows.").getFirst().struck())
                    .as(made)
                    .isNotNull();
        }
        assertThat(grounding.check("There are 12 dead rows. It has 48.3 MB. It is 12 %."))
                .allMatch(s -> s.struck() == null);
    }

    @Test
    void only_the_sentence_with_the_wrong_figure_is_struck() throws Exception {
        var text =
                """
                ## What is slow
                One statement takes **61.3 %** of the time. It takes 9.9 s on average.

                - `orders_note_idx` is unused (48.3 MB, e.g. since 12 days).
                - It reads from shop.orders. Approx. 37 connections are open!

                | table | dead rows |
                | --- | --- |
                | orders | 1,204 |
                | customers | 1,204 |

                ```sql
                DROP INDEX CONCURRENTLY shop.orders_note_idx;
                DROP INDEX CONCURRENTLY shop.orders_pkey;
                ```
                """;
        var all = grounding().check(text);
        assertThat(all.stream().filter(s -> s.struck() != null).map(s -> s.text().strip()))
                .containsExactly(
                        "It takes 9.9 s on average.",
                        "customers  ·  1,204",
                        "DROP INDEX CONCURRENTLY shop.orders_pkey;");
        assertThat(all).hasSize(11);
        assertThat(all.getFirst().text()).isEqualTo("What is slow");
        var strong = all.get(1).phrases().stream().filter(Sentence.Phrase::strong).toList();
        assertThat(strong).extracting(Sentence.Phrase::text).containsExactly("61.3 %");
        assertThat(all.get(3).text()).startsWith("\n• orders_note_idx is unused");
    }

    @Test
    void without_results_no_figure_stands() {
        var empty = new Grounding(_ -> false, Instant.EPOCH, ZoneId.of("UTC"));
        assertThat(
                        empty.check(
                                "The table has 3 rows. It is `orders`. There are none. All is well."))
                .extracting(s -> s.struck() == null)
                .containsExactly(false, false, false, true);
    }

    @Test
    void hidden_characters_are_shown_as_such() throws Exception {
        var sentence = grounding().check("The role checkout\u202e holds it.").getFirst();
        assertThat(sentence.text()).contains("\\u202E");
    }

    private static List<String> struck(String text) throws IOException {
        return grounding().check(text).stream()
                .map(Sentence::struck)
                .filter(Objects::nonNull)
                .toList();
    }
}
