package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Totals of nodes with everything below, and which node's totals hold those of which other.
final class InclusiveFigures {
    private static final Pattern RETURNS = Pattern.compile("returns ((?:\\$\\d+,? ?)+)");
    private static final Pattern INIT_PLAN = Pattern.compile("^InitPlan (\\d+)");

    private final Map<Integer, Double> millis = new HashMap<>();
    private final Map<Integer, Double> cost = new HashMap<>();

    /// The nodes whose totals a node's totals hold, other than by the shape of the tree.
    private final Map<Integer, List<PlanNode>> held = new HashMap<>();

    InclusiveFigures(PlanNode root) {
        measure(root, 1, 1);
        hold(root, root);
    }

    /// @param processes that run the node at the same time
    /// @param repeats how often the planner expected it to be run
    private void measure(PlanNode node, double processes, double repeats) {
        var actual = node.actual();
        millis.put(
                node.number(),
                actual == null ? 0 : actual.totalMillis() * actual.loops() / processes);
        var estimate = node.estimate();
        cost.put(node.number(), estimate == null ? 0 : estimate.totalCost() * repeats);
        for (var child : node.children()) {
            double below = processes;
            if (node.is("Gather", "Gather Merge") && !child.valuePlan()) {
                below = processes * processes(node, child);
            }
            measure(child, below, repeats * repeats(node, child));
        }
    }

    private static double processes(PlanNode gather, PlanNode child) {
        var above = gather.actual();
        var below = child.actual();
        if (above != null && below != null && above.loops() > 0 && below.loops() > 0) {
            return Math.max(1, below.loops() / above.loops());
        }
        return 1 + gather.number("Workers Launched");
    }

    private static double repeats(PlanNode node, PlanNode child) {
        if (node.is("Nested Loop") && "Inner".equals(child.place()) && !child.is("Materialize")) {
            var outer = node.inputs().getFirst().estimate();
            return outer == null ? 1 : Math.max(1, outer.rows());
        }
        return 1;
    }

    private void hold(PlanNode node, PlanNode root) {
        for (var child : node.children()) {
            var name = child.text("Subplan Name");
            if (name != null && name.startsWith("CTE ")) {
                toScans(child, name.substring(4), root);
            } else if ("InitPlan".equals(child.place()) && name != null) {
                held(user(node, child, name)).add(child);
            } else {
                held(node).add(child);
            }
            hold(child, root);
        }
    }

    private List<PlanNode> held(PlanNode holder) {
        return held.computeIfAbsent(holder.number(), _ -> new ArrayList<>());
    }

    /// The scan that spent most is the one that made the rows.
    private void toScans(PlanNode expression, String name, PlanNode root) {
        root.all()
                .filter(n -> n.is("CTE Scan") && name.equals(n.text("CTE Name")))
                .max(Comparator.comparingDouble(n -> millis.getOrDefault(n.number(), 0.0)))
                .ifPresent(scan -> held(scan).add(expression));
    }

    /// The node that uses the value of an InitPlan, the one it hangs on when none says so.
    private static PlanNode user(PlanNode above, PlanNode initPlan, String name) {
        var marks = new ArrayList<String>();
        var returns = RETURNS.matcher(name);
        if (returns.find()) {
            for (var mark : returns.group(1).split("[, ]+")) {
                marks.add(mark);
            }
        }
        var number = INIT_PLAN.matcher(name);
        if (number.find()) {
            marks.add("(InitPlan %s)".formatted(number.group(1)));
        }
        var inside = initPlan.all().map(PlanNode::number).toList();
        return above.all()
                .filter(n -> n != above && !inside.contains(n.number()))
                .filter(n -> marks.stream().anyMatch(m -> mentions(n, m)))
                .findFirst()
                .orElse(above);
    }

    private static boolean mentions(PlanNode node, String mark) {
        for (var property : node.properties().properties()) {
            if (property.getValue().isTextual()) {
                var text = property.getValue().asText();
                int at = text.indexOf(mark);
                int end = at + mark.length();
                if (at >= 0 && (end >= text.length() || !Character.isDigit(text.charAt(end)))) {
                    return true;
                }
            }
        }
        return false;
    }

    double millis(PlanNode node) {
        return millis.getOrDefault(node.number(), 0.0);
    }

    double cost(PlanNode node) {
        return cost.getOrDefault(node.number(), 0.0);
    }

    double selfMillis(PlanNode node) {
        double below = 0;
        for (var child : below(node)) {
            below += millis(child);
        }
        return Math.max(0, millis(node) - below);
    }

    double selfCost(PlanNode node) {
        double below = 0;
        for (var child : below(node)) {
            below += cost(child);
        }
        return Math.max(0, cost(node) - below);
    }

    @Nullable Buffers selfBuffers(PlanNode node) {
        var own = node.buffers();
        if (own == null) {
            return null;
        }
        var below = Buffers.NONE;
        for (var child : below(node)) {
            below = child.buffers() == null ? below : below.plus(child.buffers());
        }
        return own.minus(below);
    }

    private List<PlanNode> below(PlanNode node) {
        return held.getOrDefault(node.number(), List.of());
    }
}
