package io.lakebaseops.explain;

import java.util.ArrayList;
import java.util.List;

/// Expressions separated by commas, cut where no bracket or quotation mark is open.
final class TopLevelList {
    private TopLevelList() {}

    static List<String> of(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
