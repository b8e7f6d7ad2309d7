package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The text that PostgreSQL gives a row: `(1,"a, b",)`. Read, written and hashed here just as the
/// server does it, so that a row read back from elsewhere can be compared by its hash.
final class RowText {
    private static final int HASH_DIGITS = 32;
    private static final Set<String> JSON = Set.of("json", "jsonb");

    private RowText() {}

    static List<@Nullable String> parse(String text) {
        var cells = new ArrayList<@Nullable String>();
        int at = 1;
        while (at < text.length()) {
            var cell = new StringBuilder();
            boolean quoted = false;
            boolean inside = false;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (inside
                        && (c == '"' || c == '\\')
                        && at + 1 < text.length()
                        && text.charAt(at + 1) == c) {
                    cell.append(c);
                    at++;
                } else if (c == '"') {
                    inside = !inside;
                    quoted = true;
                } else if (!inside && (c == ',' || (c == ')' && at == text.length() - 1))) {
                    break;
                } else {
                    cell.append(c);
                }
            }
            cells.add(!quoted && cell.isEmpty() ? null : cell.toString());
            at++;
        }
        return cells;
    }

    static String write(List<@Nullable String> cells) {
        var text = new StringBuilder("(");
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",");
            var cell = cells.get(i);
            if (cell != null) {
                text.append(isPlain(cell) ? cell : quoted(cell));
            }
        }
        return text.append(')').toString();
    }

    static String hash(List<@Nullable String> cells) {
        return Sha256.hex(write(cells)).substring(0, HASH_DIGITS);
    }

    private static boolean isPlain(String cell) {
        return !cell.isEmpty()
                && cell.chars().noneMatch(c -> "\"\\(), \t\n\u000b\f\r".indexOf(c) >= 0);
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
    }

    /// As JSON that `json_populate_record` reads back into the same values: strings go through each
    /// type's own input, JSON stands for itself.
    static String json(List<Column> columns, List<@Nullable String> cells) {
        var json = new StringBuilder("{");
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            json.append(i == 0 ? "" : ",").append(StateJson.write(columns.get(i).name()));
            json.append(':');
            json.append(
                    cell == null
                            ? "null"
                            : JSON.contains(columns.get(i).type()) ? cell : StateJson.write(cell));
        }
        return json.append('}').toString();
    }
}
