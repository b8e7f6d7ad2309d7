package io.lakebaseops.ask.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.sqltext.SqlMask;

import java.util.Set;
import java.util.regex.Pattern;

/// A result as a model may get it: bounded in size, literals of statements masked, ids as text.
///
/// Lists lose their tail and long texts their end until the whole fits; what is left out is counted
/// where it was. Numbers beyond what a double holds exactly are texts, as JSON readers round them.
public final class ModelJson {
    /// About 15,000 tokens.
    public static final int MOST_CHARS = 60_000;

    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_LIST = 200;
    private static final long EXACT = 1L << 53;
    private static final Set<String> STATEMENTS = Set.of("query", "query_text", "statement_text");

    /// Wherever else a statement stands.
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "(?is)\\s*(?:select|insert|update|delete|with|merge|copy|call|execute|values)\\b.*");

    private static final Set<String> IDS = Set.of("queryid", "query_id", "statement_id");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ModelJson() {}

    public static String of(JsonNode result) {
        return shaped(result, MOST_CHARS).toString();
    }

    /// @param most characters of it as text
    static JsonNode shaped(JsonNode result, int most) {
        int list = LONGEST_LIST;
        int text = LONGEST_TEXT;
        while (true) {
            var shaped = shaped(result, "", list, text);
            if (shaped.toString().length() <= most || list == 1 && text <= 40) {
                return shaped;
            }
            list = Math.max(1, list / 2);
            text = Math.max(40, text / 2);
        }
    }

    private static JsonNode shaped(JsonNode node, String field, int list, int text) {
        if (node.isObject()) {
            return object((ObjectNode) node, list, text);
        }
        if (node.isArray()) {
            return array((ArrayNode) node, field, list, text);
        }
        if (node.isIntegralNumber()) {
            boolean id = IDS.contains(field);
            boolean inexact = !node.canConvertToLong() || Math.abs(node.asLong()) > EXACT;
            return id || inexact ? JSON.textNode(node.asText()) : node;
        }
        if (node.isTextual()) {
            boolean statement =
                    STATEMENTS.contains(field) || STATEMENT.matcher(node.asText()).matches();
            var value = statement ? SqlMask.mask(node.asText()) : node.asText();
            return JSON.textNode(value.length() <= text ? value : cut(value, text));
        }
        return node;
    }

    private static String cut(String value, int length) {
        int end = Character.isHighSurrogate(value.charAt(length - 1)) ? length - 1 : length;
        return value.substring(0, end) + "… (%,d characters more)".formatted(value.length() - end);
    }

    private static ObjectNode object(ObjectNode object, int list, int text) {
        var shaped = JSON.objectNode();
        var columns = object.path("columns");
        for (var entry : object.properties()) {
            boolean table = entry.getKey().equals("rows") && columns.isArray();
            shaped.set(
                    entry.getKey(),
                    table
                            ? table((ArrayNode) entry.getValue(), columns, list, text)
                            : shaped(entry.getValue(), entry.getKey(), list, text));
        }
        return shaped;
    }

    private static ArrayNode array(ArrayNode array, String field, int list, int text) {
        var shaped = JSON.arrayNode();
        for (int i = 0; i < Math.min(list, array.size()); i++) {
            shaped.add(shaped(array.get(i), field, list, text));
        }
        leftOut(array, list, shaped);
        return shaped;
    }

    /// Cells of a column that is named like a statement are masked like one.
    private static ArrayNode table(ArrayNode rows, JsonNode columns, int list, int text) {
        var shaped = JSON.arrayNode();
        for (int i = 0; i < Math.min(list, rows.size()); i++) {
            var cells = shaped.addArray();
            for (int c = 0; c < rows.get(i).size(); c++) {
                var column = columns.path(c).path("name").asText();
                cells.add(shaped(rows.get(i).get(c), column, list, text));
            }
        }
        leftOut(rows, list, shaped);
        return shaped;
    }

    private static void leftOut(ArrayNode all, int list, ArrayNode shaped) {
        if (all.size() > list) {
            shaped.add("… %,d more are left out".formatted(all.size() - list));
        }
    }
}
