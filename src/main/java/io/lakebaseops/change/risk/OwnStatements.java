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
final class OwnStatements {
    private static final OwnStatements OF_THE_LIBRARY =
            new OwnStatements(SqlLibrary.fromClassPath());

    private record Known(SqlName name, List<Token> tokens) {}

    private final Map<String, List<Known>> byFirstWords = new HashMap<>();

    private OwnStatements(SqlLibrary library) {
        for (var file : library.all()) {
            var known = new Known(file.name(), meaning(file.body()));
            byFirstWords.computeIfAbsent(key(known.tokens()), _ -> new ArrayList<>()).add(known);
        }
    }

    /// @param sql with `:name` markers, as a step of a plan holds it
    static Optional<SqlName> find(String sql) {
        return OF_THE_LIBRARY.named(sql);
    }

    static boolean is(String name, String sql) {
        return find(sql).filter(SqlName.of(name)::equals).isPresent();
    }

    private Optional<SqlName> named(String sql) {
        var tokens = meaning(sql);
        return byFirstWords.getOrDefault(key(tokens), List.of()).stream()
                .filter(k -> same(k.tokens(), tokens))
                .map(Known::name)
                .findFirst();
    }

    private static List<Token> meaning(String sql) {
        var tokens = new ArrayList<Token>();
        for (var token : Tokens.of(sql, Dialect.TEMPLATE)) {
            if (!token.meaningless()) {
                tokens.add(token);
            }
        }
        if (!tokens.isEmpty() && tokens.getLast().text().equals(";")) {
            tokens.removeLast();
        }
        return tokens;
    }

    private static String key(List<Token> tokens) {
        return tokens.isEmpty() ? "" : Identifiers.fold(tokens.getFirst().text());
    }

    private static boolean same(List<Token> template, List<Token> text) {
        int at = 0;
        for (var wanted : template) {
            if (wanted.kind() == Kind.PLACEHOLDER) {
                at = behindIdentifier(text, at);
                if (at < 0) {
                    return false;
                }
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
