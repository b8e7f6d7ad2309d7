package io.lakebaseops.sqltext;

/// How the server stores names: unquoted ones in lower case, by ASCII alone.
public final class Identifiers {
    private Identifiers() {}

    /// Letters beyond ASCII stay: `coaleſce` is no COALESCE.
    public static String fold(String word) {
        var folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    /// Always quoted, so that case, spaces, dots, quotes and reserved words survive.
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
