package io.lakebaseops.state;

import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ResultText;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An answer as it is kept: tables cut to what a card shows. Rows a person's own statement read are
/// left out whole, for they are the data of a watched database and not figures about it.
final class KeptAnswer {
    static final int ROWS = 100;

    private KeptAnswer() {}

    static Answer of(Conversations.Exchange exchange) {
        var a = exchange.answer();
        int rows = exchange.ownSql() ? 0 : ROWS;
        return new Answer(
                a.id(),
                a.kind(),
                a.reading(),
                a.verdict(),
                a.tone(),
                a.evidence().stream().map(e -> exhibit(e, rows)).toList(),
                a.ruledOut(),
                a.actions(),
                a.clarify(),
                a.steps().stream().map(s -> step(s, rows)).toList(),
                a.reasonsFor(),
                a.reasonsAgainst(),
                a.confidence(),
                a.model(),
                a.trouble(),
                a.answeredAt(),
                a.took());
    }

    private static Exhibit exhibit(Exhibit exhibit, int rows) {
        return switch (exhibit) {
            case ResultTable table -> table(table, rows);
            case ResultChart chart -> chart;
            case ResultText text -> text;
        };
    }

    private static AnswerStep step(AnswerStep s, int rows) {
        var first = s.firstRows();
        @Nullable ResultTable kept = first == null ? null : table(first, rows);
        return new AnswerStep(
                s.tool(),
                s.words(),
                s.queries(),
                s.rows(),
                s.took(),
                s.sql(),
                kept,
                s.readAt(),
                s.origin(),
                s.failed());
    }

    private static ResultTable table(ResultTable t, int rows) {
        var kept = t.rows().size() <= rows ? t.rows() : List.copyOf(t.rows().subList(0, rows));
        return new ResultTable(
                t.title(),
                t.columns(),
                kept,
                rows == 0 ? null : t.total(),
                t.rowsInAll(),
                t.source(),
                t.origin());
    }
}
