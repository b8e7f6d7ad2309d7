package io.lakebaseops.console.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlLayout;
import io.lakebaseops.console.queries.Look.Grouping;
import io.lakebaseops.console.queries.Look.Span;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.StatementTotals.Change;
import io.lakebaseops.lakehouse.history.StatementTotals.Work;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitLoad;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// How the Queries screen words ranges, statements and their figures.
final class QueriesWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T14:02:11Z");

    @Test
    void a_stretch_drawn_snaps_to_the_snapshots_and_never_ends_after_now() {
        var look = new Look(Span.HOURS_6, null, Grouping.STATEMENT);
        var drawn =
                look.between(
                        Instant.parse("2026-11-27T13:08:02Z"),
                        Instant.parse("2026-11-27T14:05:00Z"),
                        NOW);
        assertThat(drawn.range(NOW))
                .isEqualTo(new TimeRange(Instant.parse("2026-11-27T13:10:00Z"), NOW));
        assertThat(look.between(NOW, NOW.plusSeconds(1), NOW)).as("nothing is left").isNull();
    }

    @Test
    void a_stretch_moves_by_its_length_and_stays_within_what_is_shown() {
        var look =
                new Look(
                        Span.HOUR,
                        TimeRange.before(NOW, Duration.ofMinutes(20)),
                        Grouping.STATEMENT);
        assertThat(look.moved(1, NOW)).as("not into the future").isEqualTo(look);
        var earlier = look.moved(-1, NOW);
        assertThat(earlier.range(NOW).until()).isEqualTo(NOW.minus(Duration.ofMinutes(20)));
        assertThat(earlier.moved(-1, NOW).moved(-1, NOW))
                .as("three times twenty minutes is the hour")
                .isEqualTo(earlier.moved(-1, NOW));
        assertThat(earlier.span(Span.DAY).chosen()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    select a, (select max(b) from c) from shop.orders where id = $1 | select … shop.orders where id = $1
                    select 1 | select 1
                    insert into web.events (a) values ($1) | insert into web.events (a) values ($1)
                    /* by app */ select  x\tfrom t | select … t
                    with a as (select 1) select * from a | with a as (select 1) select * from a
                    """)
    void a_statement_is_folded_to_what_it_reads(String query, String folded) {
        assertThat(StatementText.folded(query)).isEqualTo(folded);
    }

    @Test
    void ids_are_short_and_differ_also_where_they_are_negative() {
        assertThat(StatementText.shortId("-1")).isEqualTo("ffffffff");
        assertThat(StatementText.shortId("77")).isEqualTo("00000000");
        assertThat(StatementText.shortId("8945678901234567890")).isEqualTo("7c256f90");
    }

    @Test
    void tables_come_from_the_grammar_and_none_from_what_is_not_understood() {
        assertThat(StatementText.tables("select 1 from shop.a join b on a.x = b.x where y = $1"))
                .containsExactly("b", "shop.a");
        assertThat(StatementText.tables("select from from")).isEmpty();
    }

    private static StatementLine line(
            double share, double calls, double mean, @Nullable Change change) {
        return new StatementLine(
                "7",
                7L,
                "shop",
                "web",
                "select 7",
                "select 7",
                share,
                Map.of(WaitClass.CPU, 5.0),
                new Work(calls, calls * mean, calls * 2, calls * 16, calls, 0, calls * 2048),
                Duration.ofMinutes(10),
                mean / 2,
                change,
                List.of(),
                false,
                false);
    }

    private static String cell(StatementLine line, int column) {
        return StatementColumns.all("Statement").get(column).text().apply(line);
    }

    @Test
    void figures_are_of_a_call_and_a_second() {
        var line = line(0.634, 600, 41, null);
        assertThat(cell(line, 0)).isEqualTo("63.4 %");
        assertThat(cell(line, 2)).isEqualTo("1");
        assertThat(cell(line, 3)).isEqualTo("41 ± 20.5 ms");
        assertThat(cell(line, 4)).isEqualTo("–");
        assertThat(cell(line, 5)).isEqualTo("2");
        assertThat(cell(line, 6)).isEqualTo("128 kB / 8 kB");
        assertThat(cell(line, 7)).isEqualTo("2 kB WAL");
    }

    @Test
    void a_change_is_said_only_where_it_is_significant() {
        assertThat(cell(line(0.5, 10, 6420, new Change(41.0, 6420, true, false)), 4))
                .isEqualTo("×157");
        assertThat(cell(line(0.5, 10, 50, new Change(41.0, 50, true, false)), 4))
                .isEqualTo("+22 %");
        assertThat(cell(line(0.5, 10, 50, new Change(41.0, 50, false, false)), 4)).isEqualTo("–");
        var faster = line(0.5, 10, 20, new Change(40.0, 20, true, false));
        assertThat(cell(faster, 4)).isEqualTo("-50 %");
        assertThat(StatementColumns.changeRole(faster)).isEqualTo(Role.OK);
    }

    private static QueriesSnapshot picture(List<StatementLine> lines, double sessions) {
        var range = TimeRange.before(NOW, Duration.ofHours(6));
        var load =
                new WaitLoad(
                        range,
                        List.of(
                                new WaitLoad.Slice(
                                        range.from(),
                                        range.until(),
                                        Map.of(WaitClass.CPU, sessions),
                                        sessions > 0 ? 60 : 0,
                                        false)));
        return new QueriesSnapshot(
                Look.FIRST,
                range,
                range,
                load,
                load.means(),
                null,
                lines,
                null,
                0,
                lines.size(),
                List.of(),
                null,
                List.of(),
                4,
                null,
                List.of());
    }

    private static QueriesVerdict said(QueriesSnapshot p) {
        return QueriesVerdict.of(p, ZoneOffset.UTC);
    }

    @Test
    void the_first_sentence_is_the_worst_change_else_where_the_load_comes_from() {
        var hot = line(0.626, 10, 6420, new Change(41.0, 6420, true, false));
        var small = line(0.02, 10, 500, new Change(1.0, 500, true, false));
        assertThat(said(picture(List.of(small, hot), 3)).sentence())
                .isEqualTo(
                        "One statement makes 62.6 % of the load: its mean time went 41 ms → 6.4 s.");
        assertThat(said(picture(List.of(hot), 3)).role()).isEqualTo(Role.CRITICAL);
        var calm = said(picture(List.of(line(0.4, 10, 5, null), small), 3));
        assertThat(calm.sentence())
                .isEqualTo(
                        "3 sessions are active on average, most on CPU; the first statement makes"
                                + " 40.0 % of the load; none became slower.");
        assertThat(calm.role()).isEqualTo(Role.OK);
        assertThat(said(picture(List.of(), 6)).sentence()).contains("more than the 4 vCPUs");
        assertThat(said(picture(List.of(), 0)).sentence()).startsWith("No samples yet");
    }

    @Test
    void a_statement_on_one_line_is_laid_out_by_clause_and_changes_nothing_but_blanks() {
        var sql =
                "select o.id, c.email from shop.orders o join shop.customers c on c.id ="
                        + " o.customer_id where o.created_at between $1 and $2 and not exists (select"
                        + " from shop.shipments s where s.order_id = o.id) order by o.id limit $3";
        var laid = SqlLayout.of(sql);
        assertThat(laid.lines().toList())
                .containsExactly(
                        "select o.id, c.email",
                        "from shop.orders o",
                        "join shop.customers c on c.id = o.customer_id",
                        "where o.created_at between $1 and $2",
                        "  and not exists (select",
                        "  from shop.shipments s",
                        "  where s.order_id = o.id)",
                        "order by o.id",
                        "limit $3");
        assertThat(laid.replaceAll("\\s+", " ")).isEqualTo(sql);
        var own = "select 1\n  from t";
        assertThat(SqlLayout.of(own)).as("lines of its own stay").isEqualTo(own);
    }
}
