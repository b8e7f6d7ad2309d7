package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/// A script cut into its parts where the server's own client cuts: at semicolons outside quotes,
/// comments, brackets and the `BEGIN ATOMIC … END` body of a function. Lines of `COPY … FROM stdin`
/// data and psql's backslash commands, as dumps have them, are parts of their own.
///
/// @param parts in order; their texts and the gaps between them joined give the script back
/// @param rest what stands behind the last part: white space and comments
public record SqlScript(List<Part> parts, String rest) {
    private static final char BOM = '\uFEFF';

    public SqlScript {
        parts = List.copyOf(parts);
    }

    public enum PartKind {
        STATEMENT,
        /// The lines up to and with `\.` behind a COPY … FROM stdin.
        COPY_DATA,
        /// A line such as `\connect shop`.
        BACKSLASH_COMMAND
    }

    /// @param before white space and comments ahead of it
    /// @param text from its first word to its last, comments inside kept, no semicolon
    /// @param end what ended it: the semicolon with what precedes it, or nothing
    /// @param start where its text begins in the script
    /// @param line where it begins, from 1 on
    /// @param closed false when a quote or comment in it never ends
    public record Part(
            PartKind kind,
            String before,
            String text,
            String end,
            int start,
            int line,
            boolean closed) {
        public boolean statement() {
            return kind == PartKind.STATEMENT;
        }

        /// What PostgreSQL's grammar says about it.
        public Parsed parsed() {
            return SqlParser.parse(text);
        }
    }

    public static SqlScript of(String script) {
        return new Splitter(script).split();
    }

    public List<Part> statements() {
        return parts.stream().filter(Part::statement).toList();
    }

    /// The text without the mark some editors put at the front of a file.
    public static String withoutBom(String text) {
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    /// The script as it was.
    public String joined() {
        var text = new StringBuilder();
        parts.forEach(s -> text.append(s.before()).append(s.text()).append(s.end()));
        return text.append(rest).toString();
    }

    private static final class Splitter {
        private final String script;
        private final List<Part> done = new ArrayList<>();
        private final StringBuilder before = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder gap = new StringBuilder();
        private final List<String> words = new ArrayList<>();
        private int brackets;
        private int atomic;
        private int line = 1;
        private int began = 1;
        private int start;
        private boolean closed = true;

        private Splitter(String script) {
            this.script = script;
        }

        /// Data and backslash lines are no SQL: reading goes on behind them, token by token.
        private SqlScript split() {
            int from = 0;
            while (from < script.length()) {
                from = run(from);
            }
            end(false);
            return new SqlScript(done, before.toString());
        }

        private int run(int from) {
            var tokens = Tokens.from(script, from);
            while (tokens.hasNext()) {
                var token = tokens.next();
                int at = token.start();
                if (token.kind() == Kind.SYMBOL
                        && token.text().equals("\\")
                        && text.isEmpty()
                        && atLineStart(at)) {
                    return line(PartKind.BACKSLASH_COMMAND, at, lineEnd(at));
                }
                boolean copy = endsHere(token) && copiesFromStdin();
                take(token);
                if (copy && lineEnd(token.end()) < script.length()) {
                    int data = lineEnd(token.end()) + 1;
                    gapTo(token.end(), data);
                    return line(PartKind.COPY_DATA, data, dataEnd(data));
                }
            }
            return script.length();
        }

        private void gapTo(int from, int to) {
            before.append(script, from, to);
            line++;
        }

        private int line(PartKind kind, int from, int to) {
            var lines = script.substring(from, to);
            done.add(new Part(kind, before.toString(), lines, "", from, line, true));
            before.setLength(0);
            line += newlines(lines);
            return to;
        }

        private boolean atLineStart(int at) {
            return at == 0 || script.charAt(at - 1) == '\n' || script.charAt(at - 1) == '\r';
        }

        private int lineEnd(int at) {
            int end = script.indexOf('\n', at);
            return end < 0 ? script.length() : end;
        }

        /// Behind the line `\.`, or the end of the script.
        private int dataEnd(int at) {
            int from = at;
            while (from < script.length()) {
                int to = lineEnd(from);
                var one = script.substring(from, to).stripTrailing();
                if (one.equals("\\.")) {
                    return to;
                }
                from = to + 1;
            }
            return script.length();
        }

        private boolean copiesFromStdin() {
            int from = words.indexOf("from");
            return from > 1
                    && words.getFirst().equals("copy")
                    && from + 1 < words.size()
                    && words.get(from + 1).equals("stdin");
        }

        private void take(Token token) {
            closed &= token.closed();
            if (endsHere(token)) {
                gap.append(token.text());
                end(true);
            } else if (token.meaningless() && token.closed()) {
                (text.isEmpty() ? before : gap).append(token.text());
            } else {
                if (text.isEmpty()) {
                    began = line;
                    start = token.start();
                }
                text.append(gap).append(token.text());
                gap.setLength(0);
                follow(token);
            }
            line += newlines(token.text());
        }

        private static int newlines(String text) {
            return (int) text.chars().filter(c -> c == '\n').count();
        }

        private boolean endsHere(Token token) {
            return token.kind() == Kind.SYMBOL
                    && token.text().equals(";")
                    && brackets == 0
                    && atomic == 0;
        }

        /// As psql's scanner: BEGIN and CASE open, END closes, in functions and procedures only.
        private void follow(Token token) {
            if (token.text().equals("(")) {
                brackets++;
            } else if (token.text().equals(")") && brackets > 0) {
                brackets--;
            } else if (token.kind() == Kind.WORD) {
                word(Identifiers.fold(token.text()));
            }
        }

        private void word(String word) {
            if (brackets == 0 && (words.size() < 4 || words.getFirst().equals("copy"))) {
                words.add(word);
            }
            if (brackets > 0 || !routine()) {
                return;
            }
            switch (word) {
                case "begin" -> atomic++;
                case "case" -> atomic += atomic > 0 ? 1 : 0;
                case "end" -> atomic -= atomic > 0 ? 1 : 0;
                default -> {}
            }
        }

        private boolean routine() {
            int at = words.size() > 2 && words.get(1).equals("or") ? 3 : 1;
            return words.size() > at
                    && words.getFirst().equals("create")
                    && (words.get(at).equals("function") || words.get(at).equals("procedure"));
        }

        /// An empty statement (`;;`) belongs to the gap before the next one.
        private void end(boolean semicolon) {
            if (text.isEmpty()) {
                before.append(gap);
            } else {
                done.add(
                        new Part(
                                PartKind.STATEMENT,
                                before.toString(),
                                text.toString(),
                                semicolon ? gap.toString() : "",
                                start,
                                began,
                                closed));
                before.setLength(0);
                if (!semicolon) {
                    before.append(gap);
                }
            }
            text.setLength(0);
            gap.setLength(0);
            words.clear();
            brackets = 0;
            atomic = 0;
            closed = true;
        }
    }
}
