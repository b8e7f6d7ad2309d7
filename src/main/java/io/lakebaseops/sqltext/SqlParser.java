package io.lakebaseops.sqltext;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.sqltext.parser.RawParse;

import java.util.ArrayList;
import java.util.List;

/// PostgreSQL 17's parser: from SQL text to statements.
///
/// The first call of a process takes about a second of processor time; [#warmUp] spends it in the
/// background. An ordinary statement takes less than a millisecond, and callers that ask for the
/// same text again get the same answer at once.
public final class SqlParser {
    /// A statement beyond this is data, not something to judge.
    public static final int MAX_CHARS = 256 << 10;

    /// Of the tree; one operator makes three levels.
    static final int MAX_DEPTH = 3_000;

    /// About thirty times what the largest statement we accept takes.
    static final long MAX_STEPS = 2_000_000_000L;

    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .build())
                            .build());

    private static final ParserThreads THREADS = new ParserThreads();
    private static final ParseCache CACHE = new ParseCache();

    private SqlParser() {}

    /// Makes the parser ready without waiting for it.
    public static void warmUp() {
        THREADS.start();
    }

    /// Reads a text with any number of statements. Never fails: what cannot be read says why.
    public static Parsed parse(String text) {
        return CACHE.get(text, SqlParser::read);
    }

    private static Parsed read(String text) {
        if (text.length() > MAX_CHARS) {
            return new Parsed.NotUnderstood(
                    text,
                    Parsed.Why.TOO_LARGE,
                    "longer than %,d characters".formatted(MAX_CHARS),
                    -1);
        }
        return THREADS.with(
                grammar ->
                        switch (grammar.parse(text, MAX_STEPS)) {
                            case RawParse.Tree tree -> understood(text, tree.json());
                            case RawParse.Refused refused ->
                                    new Parsed.NotUnderstood(
                                            text,
                                            Parsed.Why.SYNTAX,
                                            refused.message(),
                                            place(text, refused.position()));
                            case RawParse.Beyond beyond -> complex(text, beyond.limit());
                        });
    }

    /// The server counts characters from 1 on, Java counts units of UTF-16.
    private static int place(String text, int position) {
        int last = text.codePointCount(0, text.length());
        return position < 1 ? -1 : text.offsetByCodePoints(0, Math.min(position - 1, last));
    }

    private static Parsed complex(String text, String why) {
        return new Parsed.NotUnderstood(text, Parsed.Why.TOO_COMPLEX, why, -1);
    }

    private static Parsed understood(String text, String json) {
        try {
            return new Parsed.Understood(text, json.isEmpty() ? List.of() : statements(text, json));
        } catch (StreamConstraintsException e) {
            return complex(text, "the statement is nested too deep");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The grammar wrote a tree that is not JSON", e);
        }
    }

    private static List<SqlStatement> statements(String text, String json)
            throws JsonProcessingException {
        var bytes = new Utf8Places(text);
        var statements = new ArrayList<SqlStatement>();
        for (JsonNode raw : JSON.readTree(json).path("stmts")) {
            if (!raw.has("stmt")) {
                continue;
            }
            int from = raw.path("stmt_location").asInt(0);
            int length = raw.path("stmt_len").asInt(0);
            int start = bytes.charAt(from);
            int end = length == 0 ? text.length() : bytes.charAt(from + length);
            var tree = SqlNode.of(raw.path("stmt"));
            start += Tokens.blanks(text.substring(start, end));
            statements.add(
                    new SqlStatement(
                            StatementKind.of(tree),
                            tree,
                            text.substring(start, end).stripTrailing(),
                            start));
        }
        return statements;
    }
}
