package io.lakebaseops.twin;

import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.PlanNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the planner makes of a statement, or why it can make nothing of it.
///
/// @param plan null when there is none
/// @param refusal why, else null
public record Planned(@Nullable ExplainedPlan plan, @Nullable String refusal) {
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
                    "Index Name");

    public static Planned read(String explained) {
        return new Planned(ExplainedPlan.read(explained), null);
    }

    static Planned refused(String why) {
        return new Planned(null, why);
    }

    public boolean made() {
        return plan != null;
    }

    private PlanNode root() {
        return Objects.requireNonNull(plan, "there is no plan").root();
    }

    /// In the planner's units.
    public double cost() {
        var estimate = root().estimate();
        return estimate == null ? 0 : estimate.totalCost();
    }

    /// Rows of the whole, as the planner expects them.
    public double rows() {
        var estimate = root().estimate();
        return estimate == null ? 0 : estimate.rows();
    }

    /// Two plans go the same way when this is equal, whatever their figures.
    public String shape() {
        return shape(root());
    }

    private static String shape(PlanNode node) {
        return SHAPE.stream()
                        .map(node::text)
                        .map(t -> t == null ? "" : t)
                        .collect(Collectors.joining("|"))
                + node.children().stream()
                        .map(Planned::shape)
                        .collect(Collectors.joining(";", "(", ")"));
    }

    /// Does any node read this index?
    public boolean uses(String index) {
        return root().all().anyMatch(n -> index.equals(n.text("Index Name")));
    }
}
