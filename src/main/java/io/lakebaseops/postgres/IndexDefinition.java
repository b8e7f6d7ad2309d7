package io.lakebaseops.postgres;

import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.ArrayList;
import java.util.List;

/// The `CONCURRENTLY` form of an index definition. Turns the text of `pg_get_indexdef` into its
/// `CONCURRENTLY` form by reading its words, not by replacing text: an index may well be named
/// `"INDEX x ON y"`.
public final class IndexDefinition {
    private IndexDefinition() {}

    /// @throws IllegalArgumentException if it is no index definition, or one of a partitioned
    ///     table's parent (`ON ONLY`), which PostgreSQL cannot build concurrently
    public static String concurrently(String definition) {
        var tokens = Tokens.of(definition.strip(), Dialect.SERVER);
        var words = new ArrayList<Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).meaningless()) {
                words.add(i);
            }
        }
        int index = word(tokens, words, 1, "UNIQUE") ? 2 : 1;
        boolean fits =
                word(tokens, words, 0, "CREATE")
                        && word(tokens, words, index, "INDEX")
                        && word(tokens, words, index + 2, "ON");
        if (!fits) {
            throw new IllegalArgumentException("Not an index definition: " + definition);
        }
        if (word(tokens, words, index + 3, "ONLY")) {
            throw new IllegalArgumentException(
                    "An index on a partitioned table cannot be built concurrently: " + definition);
        }
        var text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            text.append(tokens.get(i).text());
            if (i == words.get(index)) {
                text.append(" CONCURRENTLY");
            }
        }
        return text.toString();
    }

    private static boolean word(List<Token> tokens, List<Integer> words, int n, String expected) {
        return n < words.size()
                && tokens.get(words.get(n)).kind() == Kind.WORD
                && tokens.get(words.get(n)).is(expected);
    }
}
