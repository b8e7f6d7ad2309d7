package io.lakebaseops.guard;

import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.List;
import java.util.Optional;

/// The SELECT that counts the rows a DELETE, UPDATE or TRUNCATE of one table would change: what is
/// refused as a change can still be looked at. It is judged like any other statement before it
/// runs.
public final class CountStatement {
    private final String sql;
    private final List<Token> tokens;
    private int at;

    private CountStatement(String sql) {
        this.sql = sql;
        tokens = Tokens.of(sql, Dialect.SERVER).stream().filter(t -> !t.meaningless()).toList();
    }

    /// Empty where rows cannot be counted so: another kind of statement, several tables, a cursor.
    public static Optional<String> of(String sql) {
        return new CountStatement(sql).count();
    }

    private Optional<String> count() {
        boolean closed = !tokens.isEmpty() && tokens.getLast().text().equals(";");
        int end = tokens.size() - (closed ? 1 : 0);
        if (tokens.subList(0, end).stream().anyMatch(t -> t.text().equals(";"))) {
            return Optional.empty();
        }
        boolean update = word("update");
        boolean truncate = !update && word("truncate");
        if (truncate) {
            word("table");
        } else if (!update && !(word("delete") && word("from"))) {
            return Optional.empty();
        }
        int from = at;
        word("only");
        if (!relation(end)) {
            return Optional.empty();
        }
        int behind = at;
        if (truncate) {
            return at == end || is("restart") || is("continue") || is("cascade") || is("restrict")
                    ? Optional.of("select count(*) from " + text(from, behind))
                    : Optional.empty();
        }
        if (at < end && !is("where") && !is("set") && !is("returning")) {
            word("as");
            if (at >= end || is("using") || !tokens.get(at).identifies()) {
                return Optional.empty();
            }
            behind = ++at;
        }
        if (update && !is("set")) {
            return Optional.empty();
        }
        var rows = "select count(*) from " + text(from, behind);
        return condition(end).map(where -> rows + where);
    }

    private boolean relation(int end) {
        if (at >= end || !tokens.get(at).identifies()) {
            return false;
        }
        at++;
        while (at + 1 < end && tokens.get(at).text().equals(".")) {
            at += 2;
        }
        return true;
    }

    /// What follows WHERE, with it; empty for a second table or a cursor.
    private Optional<String> condition(int end) {
        int depth = 0;
        int where = -1;
        int until = end;
        for (int i = at; i < end && until == end; i++) {
            var token = tokens.get(i);
            depth += token.text().equals("(") ? 1 : token.text().equals(")") ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            if (where < 0 && (token.is("from") || token.is("using"))) {
                return Optional.empty();
            }
            if (where < 0 && token.is("where")) {
                where = i;
            } else if (token.is("returning")) {
                until = i;
            }
        }
        if (where < 0) {
            return Optional.of("");
        }
        boolean cursor = where + 1 < until && tokens.get(where + 1).is("current");
        return cursor ? Optional.empty() : Optional.of(" " + text(where, until));
    }

    private boolean is(String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    private boolean word(String word) {
        boolean there = is(word);
        at += there ? 1 : 0;
        return there;
    }

    private String text(int from, int until) {
        return sql.substring(tokens.get(from).start(), tokens.get(until - 1).end());
    }
}
