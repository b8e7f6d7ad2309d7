package io.lakebaseops.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.lakebaseops.domain.Sha256;
import io.lakebaseops.sqltext.SqlMask;

import java.util.List;
import java.util.Set;

/// The execution plan of a statement in a form that may be kept: literals masked, and with a
/// fingerprint that changes only when the way changes, not when the figures do.
///
/// @param json as EXPLAIN (FORMAT JSON) gives it, values in conditions replaced by `?`
/// @param fingerprint SHA-256 over nodes, joins, tables and indexes
/// @param totalCost in planner units
/// @param rows expected
public record ExecutionPlan(String json, String fingerprint, double totalCost, double rows) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Text that names something; all other text may hold values and is masked.
    private static final Set<String> NAMES =
            Set.of(
                    "Node Type",
                    "Parent Relationship",
                    "Subplan Name",
                    "CTE Name",
                    "Join Type",
                    "Strategy",
                    "Partial Mode",
                    "Operation",
                    "Command",
                    "Scan Direction",
                    "Schema",
                    "Relation Name",
                    "Alias",
                    "Index Name",
                    "Function Name",
                    "Cache Mode",
                    "Conflict Resolution");

    /// What makes two plans the same way of doing it.
    private static final List<String> SHAPE =
            List.of(
                    "Node Type",
                    "Parent Relationship",
                    "Strategy",
                    "Partial Mode",
                    "Operation",
                    "Join Type",
                    "Scan Direction",
                    "Relation Name",
                    "Index Name",
                    "CTE Name",
                    "Function Name");

    public static ExecutionPlan of(String explained) {
        try {
            var root = JSON.readTree(explained);
            var top = root.path(0).path("Plan");
            var shape = new StringBuilder();
            shape(top, shape);
            var settings = root.path(0).path("Settings").deepCopy();
            mask(root);
            if (settings.isObject() && root.path(0) instanceof ObjectNode whole) {
                whole.set("Settings", settings);
            }
            return new ExecutionPlan(
                    JSON.writeValueAsString(root),
                    Sha256.hex(shape.toString()),
                    top.path("Total Cost").asDouble(),
                    top.path("Plan Rows").asDouble());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a plan in JSON", e);
        }
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            // What each node hands on makes half of the text and says nothing of the way.
            object.remove("Output");
            for (var field : object.properties()) {
                boolean value = field.getValue().isTextual() && !NAMES.contains(field.getKey());
                if (value) {
                    field.setValue(masked(field.getValue()));
                } else {
                    mask(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, masked(array.get(i)));
                } else {
                    mask(array.get(i));
                }
            }
        }
    }

    private static TextNode masked(JsonNode text) {
        return TextNode.valueOf(SqlMask.mask(text.textValue()));
    }

    private static void shape(JsonNode node, StringBuilder shape) {
        shape.append('(');
        for (var key : SHAPE) {
            shape.append(node.path(key).asText("")).append('|');
        }
        node.path("Plans").forEach(child -> shape(child, shape));
        shape.append(')');
    }
}
