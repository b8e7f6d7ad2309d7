package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.StatementSessions;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Reads statement texts from pg_stat_statements. One text of a SQL_ASCII database that is no UTF-8
/// makes the server refuse all of them, except to a session in such a database.
record StatementTextReader(Targets targets, ToolContext context) {
    static final String NOT_READABLE =
            "(not readable: it was sent to a database in SQL_ASCII and is no UTF-8)";

    /// @param onlyOurLogin nobody else ran it
    record Text(long queryid, String query, boolean onlyOurLogin) {}

    /// @param caveat why there are none or not all; null when all were read
    record Texts(List<Text> list, @Nullable String caveat) {
        Texts {
            list = List.copyOf(list);
        }
    }

    Texts read(ReadSession session, List<Long> queryids) {
        try {
            return new Texts(
                    texts(session, MetricsSql.TEXTS, queryids, UnaryOperator.identity()), null);
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.INVALID_INPUT) {
                throw e;
            }
            return elsewhere(session.database(), queryids, e.why());
        }
    }

    private Texts elsewhere(String refused, List<Long> queryids, String why) {
        for (var database : targets.databases(context.target(), context.deadline())) {
            if (database.equals(refused)) {
                continue;
            }
            try (var session = targets.read(context.target(), database, context.deadline())) {
                if (session.capabilities().has(StatementSessions.EXTENSION)) {
                    var texts =
                            texts(
                                    session,
                                    MetricsSql.TEXTS_RAW,
                                    queryids,
                                    StatementTextReader::decoded);
                    long lost = texts.stream().filter(t -> t.query().equals(NOT_READABLE)).count();
                    return new Texts(
                            texts,
                            "the text of %d statements is no UTF-8 and is not kept"
                                    .formatted(lost));
                }
            } catch (OpsException e) {
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
            }
        }
        return new Texts(
                List.of(),
                "the server gives no statement texts (%s): a statement of a database in SQL_ASCII is no UTF-8; the numbers are kept, and with CREATE EXTENSION pg_stat_statements in that database the other texts, too"
                        .formatted(why));
    }

    private static List<Text> texts(
            ReadSession session,
            SqlName query,
            List<Long> queryids,
            UnaryOperator<String> decoding) {
        return session.query(query, Map.of("queryids", queryids), Row.class).stream()
                .map(
                        row ->
                                new Text(
                                        row.queryid(),
                                        decoding.apply(row.queryText()),
                                        row.onlyOurLogin()))
                .toList();
    }

    private record Row(long queryid, String queryText, boolean onlyOurLogin) {}

    private static String decoded(String base64) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return NOT_READABLE;
        }
    }
}
