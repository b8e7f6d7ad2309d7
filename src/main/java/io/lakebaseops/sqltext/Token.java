package io.lakebaseops.sqltext;

import java.util.Locale;

/// One token of SQL text; tokens joined give the text back.
///
/// @param closed false for a quote or comment that never ends, and so reaches to the end
public record Token(Kind kind, String text, int start, boolean closed) {
    public enum Kind {
        SPACE,
        COMMENT,
        WORD,
        QUOTED_IDENT,
        STRING,
        NUMBER,
        /// `$1`
        PARAMETER,
        /// `:name`, a value to bind; in our own statements only
        MARKER,
        /// `{name}`, an identifier to fill in; in our own statements only
        PLACEHOLDER,
        SYMBOL
    }

    public int end() {
        return start + text.length();
    }

    public boolean meaningless() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    /// The name inside `:name` or `{name}`.
    public String name() {
        return kind == Kind.MARKER ? text.substring(1) : text.substring(1, text.length() - 1);
    }

    /// Can it name something? Words of the language can, too.
    public boolean identifies() {
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENT;
    }

    /// What it names, as the server stores it.
    public String identifier() {
        return kind == Kind.QUOTED_IDENT
                ? text.substring(text.indexOf('"') + 1, text.length() - 1).replace("\"\"", "\"")
                : Identifiers.fold(text);
    }

    /// Is it this word of the language, in whatever case?
    public boolean is(String word) {
        return kind != Kind.STRING
                && kind != Kind.QUOTED_IDENT
                && Identifiers.fold(text).equals(word.toLowerCase(Locale.ROOT));
    }
}
