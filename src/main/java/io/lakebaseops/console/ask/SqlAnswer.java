package io.lakebaseops.console.ask;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultColumn;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadResult;
import io.lakebaseops.postgres.TypedRows;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What a person's own statement came to, as an answer like any other.
final class SqlAnswer {
    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "float4", "float8", "numeric", "oid", "money");

    private final String sql;
    private final ReadCaps caps;
    private final Instant at;
    private final Duration took;

    SqlAnswer(String sql, ReadCaps caps, Instant at, Duration took) {
        this.sql = sql;
        this.caps = caps;
        this.at = at;
        this.took = took;
    }

    Answer of(ReadResult result) {
        return switch (result) {
            case ReadResult.Rows rows -> rows(rows);
            case ReadResult.Refused refused ->
                    without(
                            Kind.FAILED,
                            Texts.of("Not sent. %s%s", place(sql, refused), refused.sentence()));
            case ReadResult.Failed failed -> failed(failed);
        };
    }

    private Answer failed(ReadResult.Failed failed) {
        boolean stopped = failed.failure().kind() == OpsException.Kind.CANCELLED;
        return without(
                stopped ? Kind.STOPPED : Kind.FAILED,
                (failed.position() < 0 ? "" : place(sql, failed.position()) + ": ")
                        + failed.failure().getMessage());
    }

    private Answer rows(ReadResult.Rows rows) {
        var table = rows.table();
        int n = table.rows().size();
        var phrases = new ArrayList<Phrase>();
        phrases.add(new Phrase(Texts.count(n, "row"), true));
        phrases.add(
                new Phrase(
                        Texts.of(" as %s in %s.", rows.login(), Format.duration(rows.took())),
                        false));
        var said = new ArrayList<Sentence>();
        said.add(new Sentence(phrases, null));
        var cut = cut(table);
        if (!cut.isEmpty()) {
            said.add(new Sentence(List.of(new Phrase(cut, false)), null));
        }
        return answer(
                Kind.ANSWERED,
                said,
                List.of(table(table, rows.login())),
                List.of(step(n, rows.took(), null)),
                null);
    }

    private String cut(TypedRows table) {
        var more = table.more();
        var words =
                more == null
                        ? ""
                        : switch (more) {
                            case ROWS ->
                                    Texts.of(
                                            "There are more: the limit is %s.",
                                            Texts.count(caps.rows(), "row"));
                            case BYTES ->
                                    Texts.of(
                                            "There are more: the limit is %s.",
                                            Format.size((double) caps.bytes()));
                        };
        return table.cut() ? (Texts.of("%s Long values are cut.", words)).strip() : words;
    }

    private static ResultTable table(TypedRows table, String login) {
        return new ResultTable(
                "result",
                table.columns().stream()
                        .map(c -> new ResultColumn(c.name(), "", NUMBERS.contains(c.type())))
                        .toList(),
                table.rows().stream().map(SqlAnswer::cells).toList(),
                null,
                table.rows().size(),
                Texts.of("your statement, as %s", login),
                Source.LIVE);
    }

    private static List<ResultCell> cells(List<@Nullable String> row) {
        return row.stream().map(v -> ResultCell.of(v == null ? "∅" : Format.printable(v))).toList();
    }

    private Answer without(Kind kind, String trouble) {
        return answer(kind, List.of(), List.of(), List.of(step(0, took, trouble)), trouble);
    }

    private AnswerStep step(long rows, Duration time, @Nullable String failed) {
        return new AnswerStep(
                Texts.of("your statement"),
                Texts.of("read only"),
                1,
                rows,
                time,
                sql,
                null,
                at,
                failed == null ? Source.LIVE : Source.UNAVAILABLE,
                failed);
    }

    private Answer answer(
            Kind kind,
            List<Sentence> verdict,
            List<ResultTable> evidence,
            List<AnswerStep> steps,
            @Nullable String trouble) {
        return new Answer(
                UUID.randomUUID(),
                kind,
                null,
                verdict,
                Answer.Tone.INFO,
                List.copyOf(evidence),
                List.of(),
                List.of(),
                List.of(),
                steps,
                List.of(),
                List.of(),
                null,
                null,
                trouble,
                at,
                took);
    }

    /// `Line 1, column 12: update: `; empty when no place is to blame.
    static String place(String sql, ReadResult.Refused refused) {
        if (refused.position() < 0) {
            return "";
        }
        return place(sql, refused.position())
                + ": "
                + (refused.word().isEmpty() ? "" : refused.word() + ": ");
    }

    private static String place(String sql, int position) {
        int at = Math.min(position, sql.length());
        var before = sql.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return Texts.of("Line %d, column %d", line, at - before.lastIndexOf('\n'));
    }
}
