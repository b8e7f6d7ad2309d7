package io.lakebaseops.console.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadResult;
import io.lakebaseops.guard.ReadSql;
import io.lakebaseops.postgres.TypedRows;
import io.lakebaseops.postgres.TypedRows.Cap;
import io.lakebaseops.postgres.TypedRows.Column;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class SqlAnswerTest {
    private static Answer of(String sql, ReadResult result) {
        return new SqlAnswer(
                        sql,
                        ReadCaps.USUAL,
                        Instant.parse("2026-11-22T14:02:11Z"),
                        Duration.ofMillis(40))
                .of(result);
    }

    @Test
    void rowsSayAsWhomTheyWereReadAndThatALimitCutThem() {
        var answer =
                of(
                        "select 1",
                        new ReadResult.Rows(
                                new TypedRows(
                                        List.of(new Column("a", "int8"), new Column("b", "text")),
                                        List.of(Arrays.asList("1", null), List.of("2", "x")),
                                        Cap.ROWS,
                                        true),
                                "reader",
                                Duration.ofMillis(31)));
        assertThat(AnswerJson.verdict(answer))
                .isEqualTo(
                        "2 rows as reader in 31 ms. There are more: the limit is 1,000 rows. Long"
                                + " values are cut.");
        var table = (ResultTable) answer.evidence().getFirst();
        assertThat(table.columns()).extracting(c -> c.numeric()).containsExactly(true, false);
        assertThat(table.rows().getFirst().get(1).text()).as("null is not empty").isEqualTo("∅");
    }

    @Test
    void aRefusalNamesLineColumnAndWord() {
        var sql = "with x as (\n  update shop.inventory set a = 0 returning 1)\nselect * from x";
        var answer = of(sql, ReadSql.judge(sql).orElseThrow());
        assertThat(answer.kind()).isEqualTo(Answer.Kind.FAILED);
        assertThat(answer.trouble()).startsWith("Not sent. Line 2, column ").contains("UPDATE");
    }

    @Test
    void whatTheServerRefusedIsSaidWithItsPlaceAndACancelIsAStop() {
        var failure =
                new OpsException(OpsException.Kind.INVALID_INPUT, "Your statement", "no b", "");
        assertThat(of("select b", new ReadResult.Failed(failure, 7)).trouble())
                .startsWith("Line 1, column 8: ");
        var stop = new OpsException(OpsException.Kind.CANCELLED, "Your statement", "cancelled", "");
        assertThat(of("select b", new ReadResult.Failed(stop, -1)).kind())
                .isEqualTo(Answer.Kind.STOPPED);
    }
}
