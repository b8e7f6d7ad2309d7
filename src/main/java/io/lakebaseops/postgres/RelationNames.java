package io.lakebaseops.postgres;

import io.lakebaseops.postgres.SqlLexer.Token;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which relations does a statement name? By its words alone: what views and functions touch inside
/// is not seen, and a query in parentheses is read like the rest.
public final class RelationNames {
    private static final Set<String> NO_ALIAS =
            Set.of(
                    "WHERE",
                    "JOIN",
                    "LEFT",
                    "RIGHT",
                    "INNER",
                    "FULL",
                    "CROSS",
                    "ON",
                    "USING",
                    "GROUP",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "HAVING",
                    "UNION",
                    "FOR",
                    "NATURAL",
                    "SET",
                    "VALUES",
                    "SELECT",
                    "DEFAULT",
                    "RETURNING",
                    "FROM",
                    "TO",
                    "WHEN",
                    "WINDOW",
                    "FETCH",
                    "EXCEPT",
                    "INTERSECT",
                    "OVERRIDING",
                    "TABLESAMPLE");

    /// @param schema null = not said
    /// @param alias its other name in the statement; the name itself when it has none
    /// @param written INSERT, UPDATE, DELETE, MERGE or COPY … FROM name it as their target
    public record Named(@Nullable String schema, String name, String alias, boolean written) {}

    private final List<Token> tokens;
    private final List<Named> found = new ArrayList<>();

    private RelationNames(List<Token> tokens) {
        this.tokens = tokens.stream().filter(t -> !t.meaningless()).toList();
    }

    public static List<Named> of(List<Token> tokens) {
        var names = new RelationNames(tokens);
        for (int i = 0; i < names.tokens.size(); i++) {
            names.at(i);
        }
        return List.copyOf(names.found);
    }

    private void at(int i) {
        if (is(i, "FROM") && !is(i - 1, "DISTINCT")) {
            relation(i + 1, is(i - 1, "DELETE"));
        } else if (is(i, "JOIN") || is(i, "USING") || (is(i, ",") && inList(i))) {
            relation(i + 1, false);
        } else if (is(i, "INTO")) {
            relation(i + 1, true);
        } else if (is(i, "UPDATE") && !is(i - 1, "FOR") && !is(i - 1, "KEY") && !is(i - 1, "DO")) {
            relation(i + 1, true);
        } else if (i == 0 && is(i, "COPY")) {
            relation(1, tokens.stream().anyMatch(t -> t.is("FROM")));
        }
    }

    private void relation(int from, boolean written) {
        int i = is(from, "ONLY") ? from + 1 : from;
        if (!name(i) || is(i, "SELECT") || is(i, "LATERAL")) {
            return;
        }
        @Nullable String schema = null;
        var table = ident(i);
        if (is(i + 1, ".") && name(i + 2)) {
            schema = table;
            i += 2;
            table = ident(i);
        }
        int other = is(i + 1, "AS") ? i + 2 : i + 1;
        boolean aliased =
                name(other)
                        && !NO_ALIAS.contains(tokens.get(other).text().toUpperCase(Locale.ROOT));
        found.add(new Named(schema, table, aliased ? ident(other) : table, written));
    }

    /// A comma between FROM and WHERE.
    private boolean inList(int comma) {
        for (int i = comma - 1; i >= 0; i--) {
            if (is(i, "FROM")) {
                return true;
            }
            if (is(i, "SELECT") || is(i, "WHERE") || is(i, "BY") || is(i, "(") || is(i, ")")) {
                return false;
            }
        }
        return false;
    }

    private boolean name(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).identifies();
    }

    private String ident(int at) {
        return tokens.get(at).identifier();
    }

    private boolean is(int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
    }
}
