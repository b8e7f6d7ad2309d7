package io.lakebaseops.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An execution plan printed as EXPLAIN would print it, line by line, each line with the node it
/// belongs to.
///
/// @param lines in the order of the text
public record PrintedPlan(List<Line> lines) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build();

    /// The property every node begins with.
    private static final Pattern BEGINS = Pattern.compile("^[\\s\\-{\\[]*\"?Node Type\"?\\s*:.*");

    public PrintedPlan {
        lines = List.copyOf(lines);
    }

    /// One line.
    ///
    /// @param node its number, -1 for what belongs to the whole statement
    public record Line(String text, int node) {}

    public static PrintedPlan of(ExplainedPlan plan, PlanFormat format) {
        return switch (format) {
            case TEXT -> new PrintedPlan(new PlanTextPrinter().print(plan));
            case JSON -> tree(JSON, plan);
            case YAML -> tree(YAML, plan);
        };
    }

    private static PrintedPlan tree(ObjectMapper mapper, ExplainedPlan plan) {
        try {
            var lines = new ArrayList<Line>();
            int node = -1;
            for (var text :
                    mapper.writeValueAsString(List.of(ordered(plan.json()))).lines().toList()) {
                // Nodes are printed in the order of their numbers.
                node += BEGINS.matcher(text).matches() ? 1 : 0;
                lines.add(new Line(text, node));
            }
            return new PrintedPlan(lines);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A plan that was read cannot be printed", e);
        }
    }

    /// As the server writes it: the plan before the times, whole numbers without a point.
    private static JsonNode ordered(JsonNode explained) {
        var ordered = JsonNodeFactory.instance.objectNode();
        for (var first : List.of("Query Text", "Plan")) {
            if (explained.has(first)) {
                ordered.set(first, whole(explained.path(first)));
            }
        }
        explained.properties().stream()
                .filter(p -> !ordered.has(p.getKey()))
                .forEach(p -> ordered.set(p.getKey(), whole(p.getValue())));
        return ordered;
    }

    private static JsonNode whole(JsonNode value) {
        if (value.isObject()) {
            var copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(p -> copy.set(p.getKey(), whole(p.getValue())));
            return copy;
        }
        if (value.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(v -> copy.add(whole(v)));
            return copy;
        }
        boolean integral = value.isFloatingPointNumber() && value.asDouble() == value.asLong();
        return integral ? LongNode.valueOf(value.asLong()) : value;
    }

    /// The whole, to be copied.
    public String text() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }
}
