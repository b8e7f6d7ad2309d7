package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// What a node is to the one above it, which the text format does not say.
final class PlanPlaces {
    private static final Set<String> JOINS =
            Set.of("Nested Loop", "Hash Join", "Merge Join", "Recursive Union");
    private static final Set<String> LISTS =
            Set.of("Append", "Merge Append", "BitmapAnd", "BitmapOr");

    private PlanPlaces() {}

    /// @param heading `InitPlan 1 (returns $0)`, `SubPlan 2` or `CTE name`, null for an input
    static void attach(ObjectNode above, ObjectNode node, @Nullable String heading) {
        var type = above.path("Node Type").asText();
        long inputs = 0;
        for (var child : above.path("Plans")) {
            if (!child.has("Subplan Name")) {
                inputs++;
            }
        }
        if (heading != null) {
            node.put("Parent Relationship", heading.startsWith("SubPlan") ? "SubPlan" : "InitPlan");
            node.put("Subplan Name", heading);
        } else if (JOINS.contains(type)) {
            node.put("Parent Relationship", inputs == 0 ? "Outer" : "Inner");
        } else if (LISTS.contains(type)) {
            node.put("Parent Relationship", "Member");
        } else if (type.equals("Subquery Scan")) {
            node.put("Parent Relationship", "Subquery");
        } else {
            node.put("Parent Relationship", "Outer");
        }
        above.withArray("Plans").add(node);
    }
}
