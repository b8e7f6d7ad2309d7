package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.gameday.TestFaultSite;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Faults of the game day, asked about: "what is wrong?" and the plain question that fits each name
/// the injected cause first. A sample; all that a test server can have with `-Dask.gameday`.
final class AskGameDayPgTest {
    /// The question that fits, and what its first sentences must name; `{…}` is read by SQL.
    private record Plain(String question, String names) {}

    private static final String BLOCKER =
            "{select pid from pg_stat_activity where cardinality(pg_blocking_pids(pid)) = 0 and pid in"
                    + " (select unnest(pg_blocking_pids(pid)) from pg_stat_activity)}";

    private static final Map<String, Plain> PLAIN =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("lock_chain", new Plain("who is blocking whom?", BLOCKER)),
                            Map.entry("ddl_queue", new Plain("who blocks my update?", BLOCKER)),
                            Map.entry(
                                    "idle_transaction",
                                    new Plain(
                                            "who is idle in a transaction?",
                                            "{select pid from pg_stat_activity where state = 'idle in"
                                                    + " transaction'}")),
                            Map.entry(
                                    "prepared_transaction",
                                    new Plain(
                                            "are there prepared transactions?",
                                            "{select gid from pg_prepared_xacts}")),
                            Map.entry(
                                    "sequence_end",
                                    new Plain(
                                            "which sequences run out?",
                                            "{select sequencename from pg_sequences where last_value >"
                                                    + " max_value * 0.7 limit 1}")),
                            Map.entry(
                                    "invalid_index",
                                    new Plain(
                                            "which indexes are invalid?",
                                            "{select indexrelid::regclass::text from pg_index where not"
                                                    + " indisvalid limit 1}")),
                            Map.entry(
                                    "autovacuum_off_table",
                                    new Plain(
                                            "for which tables is autovacuum switched off?",
                                            "{select relname from pg_class where reloptions::text ~"
                                                    + " 'autovacuum_enabled=(false|off)' limit 1}")),
                            Map.entry(
                                    "xmin_session",
                                    new Plain(
                                            "what holds vacuum back?",
                                            "{select pid from pg_stat_activity where backend_xmin is not null"
                                                    + " and datname = current_database() and pid <>"
                                                    + " pg_backend_pid() order by age(backend_xmin) desc"
                                                    + " limit 1}"))));

    private static final List<String> SAMPLE = List.of("idle_transaction", "sequence_end");

    @TempDir private static Path home;

    private record Seen(String scenario, boolean wrong, boolean plain, String said) {}

    @Test
    void what_is_wrong_and_the_question_that_fits_name_the_cause_first() throws Exception {
        boolean all = System.getProperty("ask.gameday") != null;
        var titles = titles();
        var seen = new java.util.ArrayList<Seen>();
        var server = Pg17.started(List.of("max_prepared_transactions=5"));
        try (var wiring = new Wiring(new Home(home), LocalOptions.defaults())) {
            for (var scenario : all ? PLAIN.keySet() : SAMPLE) {
                seen.add(asked(wiring, server.database("fault"), scenario, titles));
            }
        } finally {
            server.stop();
        }
        System.out.println("ask: fault                   what is wrong  plain question");
        seen.forEach(
                s ->
                        System.out.printf(
                                "ask: %-24s %-14s %s%s%n",
                                s.scenario(),
                                s.wrong() ? "named first" : "NOT",
                                s.plain() ? "named first" : "NOT",
                                s.wrong() && s.plain() ? "" : "  " + s.said()));
        long right = seen.stream().filter(Seen::wrong).count();
        long plainly = seen.stream().filter(Seen::plain).count();
        assertThat(right / (double) seen.size()).isGreaterThanOrEqualTo(0.9);
        assertThat(plainly / (double) seen.size()).isGreaterThanOrEqualTo(0.9);
    }

    private static Seen asked(
            Wiring wiring, Pg17.Database shop, String scenario, Map<String, String> titles) {
        var target =
                wiring.target(
                        new TargetChoice.Url(
                                shop.url()
                                        + "?user="
                                        + Pg17.DBA
                                        + "&password="
                                        + Pg17.DBA_PASSWORD));
        try (var _ = new TestFaultSite(shop).injected(scenario)) {
            var expected = Scenarios.of(scenario).expected().stream().map(titles::get).toList();
            var wrong = ask(wiring, target, "what is wrong?");
            var end = System.nanoTime() + Patience.LONG.toNanos();
            // What is only seen when it happens within a second is looked at again.
            while (!expected.contains(firstCause(wrong)) && System.nanoTime() < end) {
                wrong = ask(wiring, target, "what is wrong?");
            }
            var plain = PLAIN.get(scenario);
            var answer = ask(wiring, target, plain.question());
            var named = filled(plain.names(), shop);
            var said = AnswerJson.verdict(answer);
            return new Seen(
                    scenario,
                    expected.contains(firstCause(wrong)),
                    said.contains(named),
                    AnswerJson.verdict(wrong) + " / " + said + " / " + named);
        }
    }

    private static String firstCause(Answer answer) {
        return answer.evidence().stream()
                .filter(ResultTable.class::isInstance)
                .map(ResultTable.class::cast)
                .filter(t -> t.title().equals("Likeliest causes") && !t.rows().isEmpty())
                .map(t -> t.rows().getFirst().getFirst().text())
                .findFirst()
                .orElse("");
    }

    private static Answer ask(Wiring wiring, TargetId target, String question) {
        return wiring.answers()
                .plain()
                .answer(
                        new Question(
                                question,
                                target,
                                null,
                                Map.of(),
                                List.of(),
                                Instant.now(),
                                ZoneOffset.UTC),
                        AnswerProgress.SILENT,
                        Deadline.in(Patience.LONG));
    }

    private static String filled(String names, Pg17.Database shop) {
        return Pattern.compile("\\{(.*)\\}")
                .matcher(names)
                .replaceAll(m -> String.valueOf(shop.scalar(m.group(1))));
    }

    private static Map<String, String> titles() throws IOException {
        try (var in = AskGameDayPgTest.class.getResourceAsStream("/diagnosis/causes.yaml")) {
            var titles = new TreeMap<String, String>();
            for (JsonNode cause : new YAMLMapper().readTree(in)) {
                titles.put(cause.path("cause").asText(), cause.path("title").asText());
            }
            return titles;
        }
    }
}
