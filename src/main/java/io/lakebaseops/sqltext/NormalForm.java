package io.lakebaseops.sqltext;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Writes a parse tree without places and literals: equal for two spellings of one statement.
final class NormalForm {
    private static final Set<String> PLACES =
            Set.of("location", "stmt_location", "stmt_len", "rexpr_list_start", "rexpr_list_end");

    private NormalForm() {}

    static String of(SqlNode tree) {
        var text = new StringBuilder(tree.kind());
        // Strings are written as they are, nodes are taken apart: no recursion, however deep.
        var waiting = new ArrayList<Object>(List.of(tree.json()));
        while (!waiting.isEmpty()) {
            switch (waiting.removeLast()) {
                case JsonNode node when node.isObject() -> object(node, waiting);
                case JsonNode node when node.isArray() -> {
                    waiting.add("]");
                    for (int i = node.size() - 1; i >= 0; i--) {
                        waiting.add(node.get(i));
                        waiting.add(",");
                    }
                    waiting.add("[");
                }
                case JsonNode value -> text.append(value);
                case Object written -> text.append(written);
            }
        }
        return text.toString();
    }

    private static void object(JsonNode node, List<Object> waiting) {
        waiting.add("}");
        var fields = new ArrayList<>(node.properties());
        for (var field : fields.reversed()) {
            if (field.getKey().equals("A_Const")) {
                waiting.add("?");
            } else if (!PLACES.contains(field.getKey())) {
                waiting.add(field.getValue());
                waiting.add(field.getKey() + ":");
            }
        }
        waiting.add("{");
    }
}
