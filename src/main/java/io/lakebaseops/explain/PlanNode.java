package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A node of an execution plan with what was expected of it and what it did.
///
/// @param number position in the text of the plan, the root is 0
/// @param type as EXPLAIN (FORMAT JSON) names it: `Seq Scan`, `Hash Join`, `Aggregate`
/// @param place what it is to the node above: `Outer`, `Inner`, `InitPlan`, `SubPlan`, null for the
///     root
/// @param estimate null with COSTS OFF
/// @param actual null without ANALYZE
/// @param buffers of this node and all below it, null without BUFFERS
/// @param properties everything EXPLAIN said of the node, under the names of its JSON format
public record PlanNode(
        int number,
        String type,
        @Nullable String place,
        @Nullable Estimate estimate,
        @Nullable Actual actual,
        @Nullable Buffers buffers,
        JsonNode properties,
        List<PlanNode> children) {
    public PlanNode {
        children = List.copyOf(children);
    }

    /// A property as text, null when EXPLAIN said nothing of it; keys and the like are joined by
    /// commas.
    public @Nullable String text(String property) {
        var value = properties.path(property);
        if (value.isArray()) {
            var parts = new ArrayList<String>();
            value.forEach(v -> parts.add(v.asText()));
            return String.join(", ", parts);
        }
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /// A property as number, 0 when EXPLAIN said nothing of it.
    public double number(String property) {
        return properties.path(property).asDouble(0);
    }

    public boolean says(String property) {
        return properties.has(property);
    }

    public boolean is(String... types) {
        return List.of(types).contains(type);
    }

    /// Does it read a table or index itself?
    public boolean scan() {
        return type.endsWith("Scan") && says("Relation Name");
    }

    public boolean join() {
        return is("Nested Loop", "Hash Join", "Merge Join");
    }

    /// A plan whose result is a value for the node above, not its input.
    public boolean valuePlan() {
        return "InitPlan".equals(place) || "SubPlan".equals(place);
    }

    /// Its inputs: the children without plans of values.
    public List<PlanNode> inputs() {
        return children.stream().filter(c -> !c.valuePlan()).toList();
    }

    /// This node and all below it, in the order of the text.
    public Stream<PlanNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::all));
    }

    /// The table it reads with its schema where EXPLAIN VERBOSE said it.
    public @Nullable String table() {
        var name = text("Relation Name");
        var schema = text("Schema");
        return name == null || schema == null ? name : schema + "." + name;
    }
}
