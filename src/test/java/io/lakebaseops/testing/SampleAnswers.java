package io.lakebaseops.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultColumn;
import io.lakebaseops.domain.answer.Exhibit.ResultSeries;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ResultText;
import io.lakebaseops.domain.answer.Exhibit.ScreenLink;
import io.lakebaseops.domain.answer.Exhibit.TimeMark;
import io.lakebaseops.domain.answer.Exhibit.TimePoint;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Reading.Slot;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Invented answers of every kind, as the engine would give them.
public final class SampleAnswers {
    public static final String WHY_SLOW = "Why is checkout slower than yesterday?";

    private final Instant now;

    public SampleAnswers(Instant now) {
        this.now = now;
    }

    /// A long answer: two charts, a table with its sum, what was ruled out, plans to file.
    public Answer slowCheckout() {
        return answer(
                Kind.ANSWERED,
                reading(
                        "time_compared",
                        "time compared",
                        new Slot("role", "checkout", "role checkout", List.of("reporting", "web")),
                        new Slot(
                                "time",
                                "PT1H",
                                "today 13:02 – 14:02",
                                List.of("PT24H", "this morning")),
                        new Slot("against", "yesterday", "against Thu", List.of("last week"))),
                List.of(
                        new Sentence(
                                List.of(
                                        new Phrase("Checkout takes ", false),
                                        new Phrase("100.2 ms", true),
                                        new Phrase(
                                                " in the database, 27.6 ms yesterday (3.6 ×): ",
                                                false),
                                        new Phrase("session 41822", true),
                                        new Phrase(
                                                ", idle in a transaction since 08:47, keeps vacuum"
                                                        + " from removing 645,000 dead rows of ",
                                                false),
                                        new Phrase("shop.inventory", true),
                                        new Phrase(".", false)),
                                null)),
                Tone.CRITICAL,
                List.of(timeChart(), deadRows(), perStatement()),
                List.of(
                        "same plans",
                        "lock waits 0.2 %",
                        "CPU 3.0 of 4",
                        "traffic +41 %",
                        "slow 7c4109e2: not in checkout"),
                List.of(
                        new NextStep.FilePlan(
                                "File plan: end session 41822",
                                "terminate_idle_connections",
                                JsonNodeFactory.instance.objectNode().put("pid", 41822)),
                        new NextStep.FilePlan(
                                "File plan: vacuum",
                                "schedule_vacuum",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("table", "shop.inventory")),
                        new NextStep.OpenScreen("Vacuum › Horizon", "vacuum", null),
                        new NextStep.OpenScreen("Statement", "queries", "-7091835"),
                        new NextStep.AskFurther(
                                "And on staging?", "and is it getting worse on staging?")),
                List.of(),
                steps(),
                List.of(
                        "the slowdown starts 6 min after 08:47",
                        "buffers per update 0.4 → 3.1 MB",
                        "autovacuum ran 58 times since, removed 0 rows"),
                List.of(
                        "nothing found; no standby, slot or prepared transaction holds the horizon"),
                new Confidence(0.94, "time and place agree"),
                null);
    }

    private ResultChart timeChart() {
        var today = new ArrayList<TimePoint>();
        var before = new ArrayList<TimePoint>();
        for (int i = 0; i <= 96; i++) {
            var at = now.minus(Duration.ofMinutes(5L * (96 - i)));
            double value = i < 33 ? 28 + i % 3 : 28 + (i - 33) * 1.25;
            today.add(new TimePoint(at, i == 60 ? null : value));
            before.add(new TimePoint(at, 28.0 - i % 2));
        }
        return new ResultChart(
                "ms per checkout",
                "ms",
                List.of(
                        new ResultSeries("today", today, false),
                        new ResultSeries("yesterday", before, true)),
                List.of(new TimeMark(now.minus(Duration.ofMinutes(315)), "session 41822")),
                "pg_stat_history, 5 min deltas",
                Source.STORED);
    }

    private ResultChart deadRows() {
        var dead = new ArrayList<TimePoint>();
        for (int i = 0; i <= 96; i++) {
            dead.add(
                    new TimePoint(
                            now.minus(Duration.ofMinutes(5L * (96 - i))),
                            i < 33 ? 900.0 : 900 + (i - 33) * 10_220.0));
        }
        return new ResultChart(
                "dead rows, shop.inventory",
                "",
                List.of(new ResultSeries("dead rows", dead, false)),
                List.of(new TimeMark(now.minus(Duration.ofMinutes(315)), "session 41822")),
                "lakebase_metrics",
                Source.STORED);
    }

    private static ResultTable perStatement() {
        return new ResultTable(
                "ms per checkout",
                List.of(
                        new ResultColumn("ms per checkout", "", false),
                        new ResultColumn("yesterday", "ms", true),
                        new ResultColumn("today", "ms", true),
                        new ResultColumn("change", "ms", true)),
                List.of(
                        line("update shop.inventory set reserved = reserved + $1", 12.3, 78, 65.7),
                        line("select qty, reserved from shop.inventory", 1.1, 7.4, 6.3),
                        line("insert into shop.payments", 6.2, 6.4, 0.2),
                        line("insert into shop.order_items", 2.1, 2.3, 0.2),
                        line("insert into shop.orders", 1.3, 1.4, 0.1),
                        List.of(
                                ResultCell.of("3 other statements"),
                                number(4.6, null),
                                number(4.7, null),
                                number(0.1, null))),
                List.of(
                        ResultCell.of("All 8"),
                        number(27.6, null),
                        number(100.2, null),
                        number(72.6, Tone.CRITICAL)),
                8,
                "mean of 14,760 and 10,470 checkouts",
                Source.STORED);
    }

    private static List<ResultCell> line(String sql, double before, double now, double change) {
        return List.of(
                new ResultCell(sql, null, null, new ScreenLink("queries", "-7091835")),
                number(before, null),
                number(now, null),
                new ResultCell("+" + change, change, change > 1 ? Tone.CRITICAL : null, null));
    }

    private static ResultCell number(double value, @Nullable Tone tone) {
        return new ResultCell(Double.toString(value), value, tone, null);
    }

    private List<AnswerStep> steps() {
        return List.of(
                step("ask/names", "Names: checkout", 1, 23, 8),
                step("pg_stat_history", "time per statement, both ranges", 2, 3264, 121),
                step("diagnose_root_cause", "causes that fit", 4, 187, 142),
                step("identify_tables_needing_vacuum", "dead rows by table", 2, 31, 63),
                sessions(),
                step("plan_history", "have plans changed", 1, 16, 31));
    }

    private AnswerStep step(String tool, String words, int queries, long rows, long millis) {
        return new AnswerStep(
                tool,
                words,
                queries,
                rows,
                Duration.ofMillis(millis),
                null,
                null,
                now,
                Source.STORED,
                null);
    }

    private AnswerStep sessions() {
        return new AnswerStep(
                "monitor_connections",
                "who holds the horizon back",
                1,
                42,
                Duration.ofMillis(19),
                """
                select pid, usename, state,
                       now() - xact_start as xact_age,
                       age(backend_xmin) as xmin_age
                  from pg_stat_activity
                 where backend_type = 'client backend'
                   and usename <> 'lakebaseops'
                 order by 5 desc nulls last;""",
                new ResultTable(
                        "first rows",
                        List.of(
                                new ResultColumn("pid", "", true),
                                new ResultColumn("usename", "", false),
                                new ResultColumn("state", "", false),
                                new ResultColumn("xact_age", "", true),
                                new ResultColumn("xmin_age", "", true)),
                        List.of(
                                List.of(
                                        new ResultCell("41822", 41822.0, Tone.CRITICAL, null),
                                        ResultCell.of("reporting"),
                                        ResultCell.of("idle in transaction"),
                                        ResultCell.of("5 h 15 min"),
                                        ResultCell.of("412,906")),
                                List.of(
                                        ResultCell.of("42107"),
                                        ResultCell.of("checkout"),
                                        ResultCell.of("active"),
                                        ResultCell.of("21 ms"),
                                        ResultCell.of("3"))),
                        null,
                        42,
                        "pg_stat_activity",
                        Source.LIVE),
                now,
                Source.LIVE,
                null);
    }

    /// Which reading was meant?
    public Answer whichStaging() {
        return answer(
                Kind.CLARIFY,
                null,
                List.of(
                        plain("“it” has three readings after that answer. Which one?"),
                        plain("staging sleeps since 11:52; none of them wakes it.")),
                Tone.INFO,
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Reading(
                                "dead_rows",
                                "Dead rows of shop.inventory on staging over the last days",
                                0.71,
                                List.of(),
                                "history to 11:52",
                                Duration.ofMillis(100)),
                        new Reading(
                                "time_compared",
                                "Time per checkout on staging, today against yesterday",
                                0.69,
                                List.of(),
                                "history to 11:52",
                                Duration.ofMillis(300)),
                        new Reading(
                                "horizon",
                                "A session holding back vacuum on staging",
                                0.66,
                                List.of(),
                                "needs a live look",
                                null)),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    /// A table alone.
    public Answer unusedIndexes() {
        return answer(
                Kind.ANSWERED,
                reading("unused_indexes", "indexes that nothing uses"),
                List.of(
                        new Sentence(
                                List.of(
                                        new Phrase("3 indexes", true),
                                        new Phrase(" were not used in 89 days; ", false),
                                        new Phrase("292 MB", true),
                                        new Phrase(" would be freed.", false)),
                                null)),
                Tone.WARNING,
                List.of(
                        new ResultTable(
                                "unused indexes",
                                List.of(
                                        new ResultColumn("index", "", false),
                                        new ResultColumn("size", "", true)),
                                List.of(
                                        List.of(
                                                ResultCell.of("shop.orders_coupon_idx"),
                                                ResultCell.of("84 MB")),
                                        List.of(
                                                ResultCell.of("shop.orders_status_idx"),
                                                ResultCell.of("132 MB")),
                                        List.of(
                                                ResultCell.of("web.events_ref_idx"),
                                                ResultCell.of("76 MB"))),
                                List.of(ResultCell.of("All 3"), ResultCell.of("292 MB")),
                                3,
                                "detect_unused_indexes",
                                Source.LIVE)),
                List.of(),
                List.of(),
                List.of(),
                List.of(step("detect_unused_indexes", "indexes without scans", 2, 61, 88)),
                List.of("89 days of statistics"),
                List.of(),
                new Confidence(0.9, "long enough"),
                null);
    }

    /// Not about databases.
    /// What is said to an order.
    public Answer refused() {
        return answer(
                Kind.OUTSIDE,
                null,
                List.of(
                        new Sentence(
                                List.of(
                                        new Phrase("Nothing was changed: ", true),
                                        new Phrase(
                                                "Ask only reads, and “please vacuum the table"
                                                        + " shop.orders now” is an order.",
                                                false)),
                                null),
                        plain(
                                "What can be filed is a plan, which a person approves before it"
                                        + " runs.")),
                Tone.INFO,
                List.of(),
                List.of(),
                List.of(
                        new NextStep.FilePlan(
                                "File plan: vacuum",
                                "schedule_vacuum_analyze",
                                JsonNodeFactory.instance.objectNode())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    public Answer weather() {
        return answer(
                Kind.OUTSIDE,
                null,
                List.of(
                        plain("This is not about a database server, so nothing was read."),
                        plain("Ask about time, locks, indexes, vacuum, sizes, cost, settings.")),
                Tone.INFO,
                List.of(),
                List.of(),
                List.of(
                        new NextStep.AskFurther(
                                "Which queries are slow?", "Which queries are slow?")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    /// The fourth of six steps failed.
    public Answer failed() {
        var done = steps().subList(0, 3);
        var all = new ArrayList<>(done);
        all.add(
                new AnswerStep(
                        "identify_tables_needing_vacuum",
                        "dead rows by table",
                        1,
                        0,
                        Duration.ofSeconds(10),
                        null,
                        null,
                        now,
                        Source.UNAVAILABLE,
                        "statement timeout after 10 s"));
        return answer(
                Kind.FAILED,
                reading("time_compared", "time compared"),
                List.of(),
                Tone.WARNING,
                List.of(perStatement()),
                List.of(),
                List.of(),
                List.of(),
                all,
                List.of(),
                List.of(),
                null,
                "Step 4 of 6 failed: statement timeout after 10 s");
    }

    private static Sentence plain(String text) {
        return new Sentence(List.of(new Phrase(text, false)), null);
    }

    private static Reading reading(String intent, String words, Slot... slots) {
        return new Reading(intent, words, 0.9, List.of(slots), "live", Duration.ofMillis(400));
    }

    private Answer answer(
            Kind kind,
            @Nullable Reading reading,
            List<Sentence> verdict,
            Tone tone,
            List<Exhibit> evidence,
            List<String> ruledOut,
            List<NextStep> actions,
            List<Reading> clarify,
            List<AnswerStep> steps,
            List<String> reasonsFor,
            List<String> reasonsAgainst,
            @Nullable Confidence confidence,
            @Nullable String trouble) {
        return new Answer(
                UUID.randomUUID(),
                kind,
                reading,
                verdict,
                tone,
                evidence,
                ruledOut,
                actions,
                clarify,
                steps,
                reasonsFor,
                reasonsAgainst,
                confidence,
                null,
                trouble,
                now,
                Duration.ofMillis(384));
    }

    /// A statement in the middle of an answer.
    public Answer withText() {
        return answer(
                Kind.ANSWERED,
                reading("show_plan", "execution plan of a statement"),
                List.of(plain("The plan of the statement has one costly node.")),
                Tone.INFO,
                List.of(
                        new ResultText(
                                "plan",
                                "Seq Scan on orders  (cost=0.00..1.5 rows=1 width=4)",
                                true,
                                "plan_history",
                                Source.STORED)),
                List.of(),
                List.of(),
                List.of(),
                List.of(step("plan_history", "the last plan", 1, 1, 3)),
                List.of(),
                List.of(),
                null,
                null);
    }
}
