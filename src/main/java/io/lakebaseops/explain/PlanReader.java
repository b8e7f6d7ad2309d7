package io.lakebaseops.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// Reader of pasted execution plans: finds out the format and makes nodes of it. Text is first
/// turned into what the JSON format would have said, so that one place understands the nodes.
final class PlanReader {
    /// Larger pastes are no plans of one statement.
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int DEEPEST = 500;
    private static final Pattern YAML_START = Pattern.compile("(- )?Plan:|Query Text:");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private int next;

    static ExplainedPlan read(String pasted) {
        if (pasted.length() > MOST_CHARACTERS) {
            throw new UnreadablePlanException(
                    "The text has more than 8 MB. Paste the plan of one statement.");
        }
        if (pasted.isBlank()) {
            throw new UnreadablePlanException(
                    "There is no text. Paste the output of EXPLAIN as text, JSON or YAML.");
        }
        var text = PlanFraming.unframed(pasted);
        var start = text.stripLeading();
        if (start.startsWith("[") || start.startsWith("{")) {
            return ofTree(PlanFormat.JSON, tree(JSON, start, "JSON"));
        }
        if (YAML_START.matcher(start).lookingAt() && start.contains("Node Type:")) {
            return ofTree(PlanFormat.YAML, tree(YAML, text, "YAML"));
        }
        if (start.startsWith("<explain")) {
            throw new UnreadablePlanException(
                    "Plans in XML are not read. Use EXPLAIN (FORMAT JSON), or text.");
        }
        return ofTree(PlanFormat.TEXT, new PlanTextReader(text).read());
    }

    private static JsonNode tree(ObjectMapper mapper, String text, String format) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new UnreadablePlanException(
                    ("The plan looks like %s but cannot be read%s. Paste it whole, from the first"
                                    + " to the last line.")
                            .formatted(
                                    format,
                                    at == null
                                            ? ""
                                            : " in line %d, column %d"
                                                    .formatted(at.getLineNr(), at.getColumnNr())),
                    e);
        }
    }

    /// @param read a list of explained statements, or one
    static ExplainedPlan ofTree(PlanFormat format, JsonNode read) {
        var explained = read.isArray() ? read.path(0) : read;
        if (!explained.path("Plan").path("Node Type").isTextual()) {
            throw new UnreadablePlanException(
                    "There is no \"Plan\" with a \"Node Type\" in it. Paste the output of EXPLAIN"
                            + " (FORMAT JSON) from the first bracket to the last.");
        }
        var root = new PlanReader().node(explained.path("Plan"), 0);
        var triggers = new ArrayList<Trigger>();
        for (var t : explained.path("Triggers")) {
            triggers.add(
                    new Trigger(
                            t.path("Constraint Name").asText(t.path("Trigger Name").asText("?")),
                            t.path("Time").asDouble(),
                            t.path("Calls").asDouble()));
        }
        var settings = new LinkedHashMap<String, String>();
        explained
                .path("Settings")
                .properties()
                .forEach(s -> settings.put(s.getKey(), s.getValue().asText()));
        var query = explained.path("Query Text");
        return new ExplainedPlan(
                format,
                root,
                millis(explained, "Planning Time"),
                millis(explained, "Execution Time"),
                explained.path("JIT").path("Timing").path("Total").asDouble(0),
                triggers,
                settings,
                query.isTextual() ? query.asText() : null,
                read.isArray() ? read.size() - 1 : 0,
                explained);
    }

    private static @Nullable Double millis(JsonNode explained, String property) {
        var value = explained.path(property);
        return value.isNumber() ? Double.valueOf(value.doubleValue()) : null;
    }

    private PlanNode node(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new UnreadablePlanException(
                    "The plan is nested deeper than %d nodes.".formatted(DEEPEST));
        }
        int number = next++;
        List<PlanNode> children = new ArrayList<>();
        for (var child : node.path("Plans")) {
            children.add(node(child, depth + 1));
        }
        return new PlanNode(
                number,
                node.path("Node Type").asText("?"),
                node.path("Parent Relationship").asText(null),
                estimate(node),
                actual(node),
                buffers(node),
                node,
                children);
    }

    private static @Nullable Estimate estimate(JsonNode node) {
        return node.has("Total Cost")
                ? new Estimate(
                        node.path("Startup Cost").asDouble(),
                        node.path("Total Cost").asDouble(),
                        node.path("Plan Rows").asDouble(),
                        node.path("Plan Width").asInt())
                : null;
    }

    private static @Nullable Actual actual(JsonNode node) {
        return node.has("Actual Loops") || node.has("Actual Rows")
                ? new Actual(
                        node.path("Actual Total Time").asDouble(),
                        node.path("Actual Rows").asDouble(),
                        node.path("Actual Loops").asDouble(1),
                        node.has("Actual Total Time"))
                : null;
    }

    private static @Nullable Buffers buffers(JsonNode node) {
        if (!node.has("Shared Hit Blocks") && !node.has("Temp Read Blocks")) {
            return null;
        }
        return new Buffers(
                sum(node, "Shared Hit Blocks", "Local Hit Blocks"),
                sum(node, "Shared Read Blocks", "Local Read Blocks"),
                sum(node, "Shared Written Blocks", "Local Written Blocks"),
                sum(node, "Temp Read Blocks"),
                sum(node, "Temp Written Blocks"),
                sum(
                        node,
                        "I/O Read Time",
                        "I/O Write Time",
                        "Shared I/O Read Time",
                        "Shared I/O Write Time",
                        "Local I/O Read Time",
                        "Local I/O Write Time",
                        "Temp I/O Read Time",
                        "Temp I/O Write Time"));
    }

    private static double sum(JsonNode node, String... properties) {
        double sum = 0;
        for (var property : properties) {
            sum += node.path(property).asDouble(0);
        }
        return sum;
    }
}
