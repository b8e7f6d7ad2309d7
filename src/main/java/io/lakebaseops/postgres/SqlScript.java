package io.lakebaseops.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which statements does a script hold? Ends them where the server's own client does: at semicolons
/// outside quotes, comments, brackets and the `BEGIN ATOMIC … END` body of a function.
///
/// @param statements in order; their texts and the gaps between them joined give the script back
/// @param rest what stands behind the last statement: white space and comments
public record SqlScript(List<Statement> statements, String rest) {
    private static final char BOM = '\uFEFF';

    public SqlScript {
        statements = List.copyOf(statements);
    }

    /// @param before white space and comments ahead of it
    /// @param text from its first word to its last, comments inside kept, no semicolon
    /// @param end what ended it: the semicolon with what precedes it, or nothing
    /// @param line where it begins, from 1 on
    public record Statement(String before, String text, String end, int line) {
        /// Its words in capitals, quoted parts as they are, comments left out.
        public List<String> words() {
            return SqlLexer.tokens(text).stream()
                    .filter(t -> !t.meaningless())
                    .map(
                            t ->
                                    t.kind() == SqlLexer.Kind.WORD
                                            ? t.text().toUpperCase(Locale.ROOT)
                                            : t.text())
                    .toList();
        }
    }

    /// @throws IllegalArgumentException for a quote or comment that is never closed
    public static SqlScript of(String script) {
        var reader = new Reader();
        SqlLexer.tokens(script).forEach(reader::take);
        reader.end(false);
        return new SqlScript(reader.done, reader.before.toString());
    }

    /// The text without the mark some editors put at the front of a file.
    public static String withoutBom(String text) {
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    /// The script as it was.
    public String joined() {
        var text = new StringBuilder();
        statements.forEach(s -> text.append(s.before()).append(s.text()).append(s.end()));
        return text.append(rest).toString();
    }

    private static final class Reader {
        final List<Statement> done = new ArrayList<>();
        final StringBuilder before = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder gap = new StringBuilder();
        private final List<String> first = new ArrayList<>();
        private int brackets;
        private int atomic;
        private int line = 1;
        private int began = 1;

        void take(SqlLexer.Token token) {
            if (token.kind() == SqlLexer.Kind.SYMBOL && endsHere(token.text())) {
                gap.append(token.text());
                end(true);
            } else if (token.meaningless()) {
                (text.isEmpty() ? before : gap).append(token.text());
            } else {
                began = text.isEmpty() ? line : began;
                text.append(gap).append(token.text());
                gap.setLength(0);
                follow(token);
            }
            line += (int) token.text().chars().filter(c -> c == '\n').count();
        }

        private boolean endsHere(String symbol) {
            return symbol.equals(";") && brackets == 0 && atomic == 0;
        }

        /// As psql's scanner: BEGIN and CASE open, END closes, in functions and procedures only.
        private void follow(SqlLexer.Token token) {
            switch (token.kind()) {
                case SYMBOL -> {
                    if (token.text().equals("(")) {
                        brackets++;
                    } else if (token.text().equals(")") && brackets > 0) {
                        brackets--;
                    }
                }
                case WORD -> word(token.text().toUpperCase(Locale.ROOT));
                case SPACE, COMMENT, QUOTED_IDENT, STRING, NUMBER, MARKER, PLACEHOLDER -> {}
            }
        }

        private void word(String word) {
            if (first.size() < 4) {
                first.add(word);
            }
            if (brackets > 0 || !routine()) {
                return;
            }
            switch (word) {
                case "BEGIN" -> atomic++;
                case "CASE" -> atomic += atomic > 0 ? 1 : 0;
                case "END" -> atomic -= atomic > 0 ? 1 : 0;
                default -> {}
            }
        }

        private boolean routine() {
            int at = first.size() > 2 && first.get(1).equals("OR") ? 3 : 1;
            return first.size() > at
                    && first.getFirst().equals("CREATE")
                    && (first.get(at).equals("FUNCTION") || first.get(at).equals("PROCEDURE"));
        }

        /// An empty statement (`;;`) belongs to the gap before the next one.
        void end(boolean semicolon) {
            if (text.isEmpty()) {
                before.append(gap);
            } else if (semicolon) {
                done.add(new Statement(before.toString(), text.toString(), gap.toString(), began));
                before.setLength(0);
            } else {
                done.add(new Statement(before.toString(), text.toString(), "", began));
                before.setLength(0);
                before.append(gap);
            }
            text.setLength(0);
            gap.setLength(0);
            first.clear();
            brackets = 0;
            atomic = 0;
        }
    }
}
