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
import io.lakebaseops.gameday.FaultSite;
import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.GameDayReport;
import io.lakebaseops.gameday.Grade;
import io.lakebaseops.gameday.ProductUnderTest;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.gameday.TestFaultSite;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Faults of the game day, asked about: "what is wrong?" and the plain question that fits each name
/// the injected cause first. A sample on a test server; with `-Dask.gameday=all` (or names) on a
/// game day of their own, where Ask stands in for the diagnosis.
final class AskGameDayPgTest {
    /// The question that fits, and what its verdict must say, as a pattern; `{…}` is read by SQL.
    private record Plain(String question, String says) {}

    private static final String BLOCKER =
            "{select pid from pg_stat_activity where cardinality(pg_blocking_pids(pid)) = 0 and pid in"
                    + " (select unnest(pg_blocking_pids(pid)) from pg_stat_activity) limit 1}";

    private static final String DIAGNOSED = "";

    private static final Map<String, Plain> PLAIN = new TreeMap<>();

    private static void plain(String scenario, String question, String says) {
        PLAIN.put(scenario, new Plain(question, says));
    }

    static {
        plain("autovacuum_off", "is autovacuum switched off anywhere?", "switched off for");
        plain(
                "autovacuum_off_table",
                "for which tables is autovacuum switched off?",
                "{select relname from pg_class where reloptions::text ~"
                        + " 'autovacuum_enabled=(false|off)' limit 1}");
        plain(
                "autovacuum_starved",
                "why does autovacuum not keep up?",
                "^Autovacuum does not keep up: 1 of 1");
        plain("cache_too_small", "are enough pages found in the cache?", "That is low");
        plain("checkpoint_storm", "are checkpoints forced?", "Most are forced");
        plain("cold_start", "when was the server started?", "up for \\d");
        plain(
                "connection_storm",
                "are we near the connection limit?",
                "^A storm of new connections");
        plain("ddl_queue", "who blocks my update?", BLOCKER);
        plain("dead_rows", "which table has the most dead rows?", "stock has the most");
        plain("deadlock_storm", "are there deadlocks?", "^\\d+ deadlock");
        plain("frozen_network", "is the server healthy?", DIAGNOSED);
        plain("hot_row", "who is blocking whom?", "^Session \\d+");
        plain("idle_sessions", "which sessions are idle?", "\\d+ of them idle");
        plain(
                "idle_transaction",
                "who is idle in a transaction?",
                "{select pid from pg_stat_activity where state = 'idle in transaction' limit 1}");
        plain(
                "invalid_index",
                "which indexes are invalid?",
                "{select indexrelid::regclass::text from pg_index where not indisvalid limit 1}");
        plain("lock_chain", "who is blocking whom?", BLOCKER);
        plain("missing_index", "which tables are read from end to end?", "customers");
        plain("n_plus_one", "which statement is called most often?", "lines");
        plain("plan_flip", "why is my query slow?", DIAGNOSED);
        plain(
                "prepared_transaction",
                "are there prepared transactions?",
                "{select gid from pg_prepared_xacts limit 1}");
        plain("replica_lag", "is the standby behind?", "behind");
        plain("runaway_query", "which statement runs longest right now?", "visits");
        plain(
                "sequence_end",
                "which sequences run out?",
                "{select sequencename from pg_sequences where last_value > max_value * 0.7 limit 1}");
        plain("slot_keeps_wal", "which replication slot keeps WAL?", "game_day");
        plain("slow_disk", "is reading from disk slow?", DIAGNOSED);
        plain("stale_statistics", "which tables have stale statistics?", "events");
        plain("statistics_reset", "is everything ok?", DIAGNOSED);
        plain("temp_spill", "which statements spill to disk?", "sales");
        plain("token_expired", "is the server healthy?", DIAGNOSED);
        plain("wal_flood", "what writes so much WAL?", "pg_logical_emit_message");
        plain("wraparound", "how far are we from wraparound?", "^(?!No:)");
        plain("xmin_prepared", "what holds vacuum back?", "game_day_old");
        plain(
                "xmin_session",
                "what holds vacuum back?",
                "{select pid from pg_stat_activity where backend_xmin is not null and datname ="
                        + " current_database() and pid <> pg_backend_pid() order by age(backend_xmin)"
                        + " desc limit 1}");
        plain("xmin_slot", "what holds vacuum back?", "game_day");
        plain("xmin_standby", "what holds vacuum back?", "standby");
        plain("disk_full", "when is the disk full?", DIAGNOSED);
    }

    private static final List<String> SAMPLE = List.of("idle_transaction", "sequence_end");

    @TempDir private static Path home;

    private record Seen(String scenario, boolean wrong, boolean plain, String said) {
        boolean right() {
            return wrong && plain;
        }
    }

    @Test
    void what_is_wrong_and_the_question_that_fits_name_the_cause_first() throws Exception {
        var causes = causes();
        var seen =
                System.getProperty("ask.gameday") == null ? sampled(causes) : wholeGameDay(causes);
        System.out.println("ask: fault                   what is wrong  plain question");
        seen.forEach(
                s ->
                        System.out.printf(
                                "ask: %-24s %-14s %s%s%n",
                                s.scenario(),
                                s.wrong() ? "named first" : "NOT",
                                s.plain() ? "named first" : "NOT",
                                s.right() ? "" : "  " + s.said()));
        long right = seen.stream().filter(Seen::wrong).count();
        long plainly = seen.stream().filter(Seen::plain).count();
        System.out.printf("ask: %d faults, %d and %d named%n", seen.size(), right, plainly);
        assertThat(right / (double) seen.size()).isGreaterThanOrEqualTo(0.9);
        assertThat(plainly / (double) seen.size()).isGreaterThanOrEqualTo(0.9);
    }

    private static List<Seen> sampled(Map<String, String> causes) throws SQLException {
        var seen = new ArrayList<Seen>();
        var server = Pg17.started(List.of("max_prepared_transactions=5"));
        try (var wiring = new Wiring(new Home(home), LocalOptions.defaults())) {
            for (var scenario : SAMPLE) {
                var shop = server.database("fault");
                var target =
                        wiring.target(
                                new TargetChoice.Url(
                                        shop.url()
                                                + "?user="
                                                + Pg17.DBA
                                                + "&password="
                                                + Pg17.DBA_PASSWORD));
                var site = new TestFaultSite(shop);
                try (var _ = site.injected(scenario)) {
                    var asking = new Asking(Scenarios.of(scenario), wiring, target, site, causes);
                    var end = System.nanoTime() + Patience.LONG.toNanos();
                    // What is only seen when it happens within a second is looked at again.
                    while (!asking.named(asking.diagnose()) && System.nanoTime() < end) {}
                    seen.add(asking.seen());
                }
            }
        } finally {
            server.stop();
        }
        return seen;
    }

    private static List<Seen> wholeGameDay(Map<String, String> causes) {
        var property = System.getProperty("ask.gameday");
        var chosen = property.equals("all") ? List.of() : List.of(property.split(","));
        var askings = new CopyOnWriteArrayList<Asking>();
        var local =
                LocalOptions.defaults()
                        .withDemo(LocalOptions.Demo.NONE, false)
                        .withTokenTtl(Duration.ofSeconds(60));
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try (var wiring = new Wiring(new Home(home), local)) {
            var ground = GameDayGround.graded(wiring);
            GameDayReport.printHead(out);
            var grades =
                    new GameDay(
                                    scenario -> {
                                        var place = ground.open(scenario);
                                        var asking =
                                                new Asking(
                                                        scenario,
                                                        wiring,
                                                        ground.target(scenario),
                                                        place.site(),
                                                        causes);
                                        askings.add(asking);
                                        return new GameDay.Place(place.site(), asking, place.end());
                                    },
                                    1,
                                    GameDay.Pace.USUAL)
                            .run(
                                    Scenarios.all().stream()
                                            .filter(Scenario::fault)
                                            .filter(
                                                    s ->
                                                            chosen.isEmpty()
                                                                    || chosen.contains(s.name()))
                                            .toList(),
                                    grade -> GameDayReport.print(grade, out));
            // What the machine cannot do, and what the agents had repaired before anybody asked.
            var judged =
                    grades.stream()
                            .filter(g -> g.result() != Grade.Result.UNAVAILABLE)
                            .filter(g -> g.result() != Grade.Result.REPAIRED)
                            .map(Grade::name)
                            .toList();
            assertThat(judged).hasSizeGreaterThanOrEqualTo(chosen.isEmpty() ? 30 : 1);
            return askings.stream()
                    .filter(a -> judged.contains(a.scenario.name()))
                    .map(Asking::seen)
                    .toList();
        }
    }

    /// Ask instead of the diagnosis: the first of its causes counts, and with the right one at
    /// hand the question that fits is asked, too.
    private static final class Asking implements ProductUnderTest {
        private final Scenario scenario;
        private final Wiring wiring;
        private final TargetId target;
        private final FaultSite site;
        private final Map<String, String> causes;
        private final WiredProduct product;
        private volatile @Nullable Seen seen;
        private volatile String said = "";

        Asking(
                Scenario scenario,
                Wiring wiring,
                TargetId target,
                FaultSite site,
                Map<String, String> causes) {
            this.scenario = scenario;
            this.wiring = wiring;
            this.target = target;
            this.site = site;
            this.causes = causes;
            product = new WiredProduct(wiring, target);
        }

        Seen seen() {
            var last = seen;
            return last == null ? new Seen(scenario.name(), false, false, said) : last;
        }

        boolean named(ProductUnderTest.Answer answer) {
            return answer.cause() != null && scenario.expected().contains(answer.cause());
        }

        @Override
        public ProductUnderTest.Answer diagnose() {
            var wrong = ask(wiring, target, "what is wrong?");
            said = AnswerJson.verdict(wrong);
            var cause = causes.get(firstCause(wrong));
            var answer =
                    new ProductUnderTest.Answer(cause == null ? "healthy" : "cause", cause, said);
            if (named(answer)) {
                seen = plainly();
            }
            return answer;
        }

        private Seen plainly() {
            var plain = Objects.requireNonNull(PLAIN.get(scenario.name()), scenario.name());
            var answer = ask(wiring, target, plain.question());
            var words = AnswerJson.verdict(answer);
            var cause = causes.get(firstCause(answer));
            var wanted = filled(plain.says());
            boolean right =
                    cause != null && scenario.expected().contains(cause)
                            || !wanted.isEmpty() && Pattern.compile(wanted).matcher(words).find();
            return new Seen(
                    scenario.name(), true, right, plain.question() + " " + words + " / " + wanted);
        }

        private String filled(String says) {
            if (!says.startsWith("{")) {
                return says;
            }
            try (var admin = site.admin();
                    var statement = admin.createStatement();
                    var rows = statement.executeQuery(says.substring(1, says.length() - 1))) {
                return rows.next() ? Pattern.quote(rows.getString(1)) : "nothing";
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<String> alertsSince(Instant since) {
            return product.alertsSince(since);
        }

        @Override
        public Healing heal(Instant since) {
            return new Healing(Healing.Outcome.NOTHING, "");
        }

        @Override
        public Healing repairsSince(Instant since) {
            return product.repairsSince(since);
        }

        @Override
        public List<Deed> deedsSince(Instant since) {
            return List.of();
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

    /// By their titles.
    private static Map<String, String> causes() throws IOException {
        try (var in = AskGameDayPgTest.class.getResourceAsStream("/diagnosis/causes.yaml")) {
            var titles = new TreeMap<String, String>();
            for (JsonNode cause : new YAMLMapper().readTree(in)) {
                titles.put(cause.path("title").asText(), cause.path("cause").asText());
            }
            return titles;
        }
    }
}
