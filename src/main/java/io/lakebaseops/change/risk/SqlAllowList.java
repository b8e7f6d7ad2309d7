package io.lakebaseops.change.risk;

import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.sqltext.Identifiers;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recognises our own named statements: the files of the SQL library, with quoted identifiers in
/// their `{holes}` and values bound by `:name`.
///
/// This is the list of what may run without a person. A text is ours only as a whole, word by word;
/// white space, comments and the case of words do not matter, anything else does.
final class SqlAllowList {
    private static final SqlAllowList OF_THE_LIBRARY = new SqlAllowList(SqlLibrary.fromClassPath());

    private record Known(SqlName name, List<Token> tokens) {}

    /// A text that is one of our statements.
    ///
    /// @param names the quoted identifiers in its holes, in order; those of one qualified name are
    ///     joined by dots
    record Own(SqlName name, List<List<Token>> names) {
        Own {
            names = names.stream().map(List::copyOf).toList();
        }
    }

    private final Map<String, List<Known>> byFirstWords = new HashMap<>();

    private SqlAllowList(SqlLibrary library) {
        for (var file : library.all()) {
            var known = new Known(file.name(), meaning(file.tokens()));
            byFirstWords.computeIfAbsent(key(known.tokens()), _ -> new ArrayList<>()).add(known);
        }
    }

    /// @param sql with `:name` markers, as a step of a plan holds it
    static Optional<SqlName> find(String sql) {
        return find(Tokens.of(sql, Dialect.TEMPLATE)).map(Own::name);
    }

    /// @param text all tokens of the statement, with `:name` markers
    static Optional<Own> find(List<Token> text) {
        return OF_THE_LIBRARY.named(meaning(text));
    }

    static boolean is(String name, String sql) {
        return find(sql).filter(SqlName.of(name)::equals).isPresent();
    }

    private Optional<Own> named(List<Token> tokens) {
        for (var known : byFirstWords.getOrDefault(key(tokens), List.of())) {
            var names = new ArrayList<List<Token>>();
            if (same(known.tokens(), tokens, names)) {
                return Optional.of(new Own(known.name(), names));
            }
        }
        return Optional.empty();
    }

    private static List<Token> meaning(List<Token> all) {
        var tokens = new ArrayList<Token>(all);
        tokens.removeIf(Token::meaningless);
        if (!tokens.isEmpty() && tokens.getLast().text().equals(";")) {
            tokens.removeLast();
        }
        return tokens;
    }

    private static String key(List<Token> tokens) {
        return tokens.isEmpty() ? "" : Identifiers.fold(tokens.getFirst().text());
    }

    /// @param names gets what stands in the holes
    private static boolean same(List<Token> template, List<Token> text, List<List<Token>> names) {
        int at = 0;
        for (var wanted : template) {
            if (wanted.kind() == Kind.PLACEHOLDER) {
                int end = behindIdentifier(text, at);
                if (end < 0) {
                    return false;
                }
                names.add(text.subList(at, end).stream().filter(SqlAllowList::quoted).toList());
                at = end;
            } else if (at < text.size() && alike(wanted, text.get(at))) {
                at++;
            } else {
                return false;
            }
        }
        return at == text.size();
    }

    private static boolean alike(Token wanted, Token found) {
        return wanted.kind() == found.kind()
                && found.closed()
                && (wanted.kind() == Kind.WORD
                        ? wanted.identifier().equals(found.identifier())
                        : wanted.text().equals(found.text()));
    }

    /// One name, qualified or not, quoted in every part; -1 when there is none.
    private static int behindIdentifier(List<Token> text, int from) {
        int at = from;
        while (at < text.size() && quoted(text.get(at))) {
            at++;
            if (at == text.size() || !text.get(at).text().equals(".")) {
                return at;
            }
            at++;
        }
        return -1;
    }

    private static boolean quoted(Token token) {
        return token.kind() == Kind.QUOTED_IDENT && token.closed() && token.text().startsWith("\"");
    }
}
