package io.lakebaseops.console.queries;

import io.lakebaseops.sqltext.Identifiers;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;

import java.util.List;
import java.util.Locale;

/// A statement in one line for a table: what it reads and by which condition, without its select
/// list.
final class StatementText {
    private static final int LONGEST = 400;

    private StatementText() {}

    /// As short as a person can say it: the first digits of the id.
    static String shortId(String queryid) {
        return String.format(Locale.ROOT, "%016x", Long.parseLong(queryid)).substring(0, 8);
    }

    static String folded(String query) {
        var tokens =
                Tokens.of(query, Tokens.Dialect.TEMPLATE).stream()
                        .filter(t -> t.kind() != Token.Kind.COMMENT)
                        .dropWhile(t -> t.kind() == Token.Kind.SPACE)
                        .toList();
        var from = selectList(tokens);
        var line = new StringBuilder();
        for (int i = 0; i < tokens.size() && line.length() < LONGEST; i++) {
            if (from > 0 && i == 1) {
                line.append(" … ");
                i = from;
                continue;
            }
            var token = tokens.get(i);
            if (token.kind() == Token.Kind.SPACE) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else {
                line.append(token.text());
            }
        }
        return line.toString().strip().replace("  ", " ");
    }

    /// Where the FROM of the outermost SELECT stands; 0 when the statement is none, or has no FROM.
    private static int selectList(List<Token> tokens) {
        if (tokens.isEmpty() || !"select".equals(Identifiers.fold(tokens.getFirst().text()))) {
            return 0;
        }
        int depth = 0;
        for (int i = 1; i < tokens.size(); i++) {
            var token = tokens.get(i);
            depth += token.text().equals("(") ? 1 : token.text().equals(")") ? -1 : 0;
            if (depth == 0
                    && token.kind() == Token.Kind.WORD
                    && "from".equals(Identifiers.fold(token.text()))) {
                return i;
            }
        }
        return 0;
    }

    /// The tables it names; none where it is not understood.
    static List<String> tables(String query) {
        var statement = SqlParser.parseNormalised(query).single();
        return statement == null
                ? List.of()
                : statement.relations().stream()
                        .map(r -> r.schema().isEmpty() ? r.name() : r.schema() + "." + r.name())
                        .distinct()
                        .sorted()
                        .toList();
    }
}
