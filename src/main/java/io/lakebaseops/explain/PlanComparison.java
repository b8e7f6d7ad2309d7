package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Two execution plans of one statement compared: how each table is read, how tables are joined,
/// and which further nodes came or went.
///
/// @param differences none when both go the same way, whatever their figures
public record PlanComparison(
        ExplainedPlan before, ExplainedPlan after, List<Difference> differences) {
    /// As many are worth reading in one sentence.
    private static final int IN_WORDS = 3;

    public PlanComparison {
        differences = List.copyOf(differences);
    }

    /// @param before the node of the plan before, null for one that is new
    /// @param after the node now, null for one that is gone
    public record Difference(
            Kind kind, @Nullable PlanNode before, @Nullable PlanNode after, String words) {}

    public enum Kind {
        SCAN,
        JOIN,
        NODE
    }

    public static PlanComparison of(ExplainedPlan before, ExplainedPlan after) {
        var differences = new ArrayList<Difference>();
        scans(before.root(), after.root(), differences);
        joins(before.root(), after.root(), differences);
        others(before.root(), after.root(), differences);
        return new PlanComparison(before, after, differences);
    }

    public boolean same() {
        return differences.isEmpty();
    }

    /// What changed, with costs: one sentence for each of the most important differences.
    public String words() {
        if (same()) {
            return "Both go the same way.";
        }
        var text = new StringBuilder();
        differences.stream().limit(IN_WORDS).forEach(d -> text.append(d.words()).append(' '));
        int more = differences.size() - IN_WORDS;
        if (more > 0) {
            text.append(Format.count(more, "further difference")).append(". ");
        }
        var was = before.root().estimate();
        var is = after.root().estimate();
        if (was != null && is != null) {
            text.append(
                    "The expected cost of the whole went from %s to %s."
                            .formatted(cost(was.totalCost()), cost(is.totalCost())));
        }
        return text.toString().strip();
    }

    private static void scans(PlanNode before, PlanNode after, List<Difference> found) {
        var was = scans(before);
        var is = scans(after);
        for (var alias : both(was, is)) {
            var old = was.get(alias);
            var now = is.get(alias);
            if (old != null && now != null) {
                if (!access(old).equals(access(now))) {
                    found.add(
                            new Difference(
                                    Kind.SCAN,
                                    old,
                                    now,
                                    "%s is read by %s instead of %s (%s)."
                                            .formatted(
                                                    named(now, alias),
                                                    access(now),
                                                    access(old),
                                                    figures(old, now))));
                }
            } else if (now != null) {
                found.add(
                        new Difference(
                                Kind.SCAN,
                                null,
                                now,
                                "%s is read now, by %s."
                                        .formatted(named(now, alias), access(now))));
            } else if (old != null) {
                found.add(
                        new Difference(
                                Kind.SCAN,
                                old,
                                null,
                                "%s is not read any more.".formatted(named(old, alias))));
            }
        }
    }

    /// By the name the statement gives the table: one that is read twice has two.
    private static Map<String, PlanNode> scans(PlanNode root) {
        var scans = new LinkedHashMap<String, PlanNode>();
        root.all().filter(PlanNode::scan).forEach(n -> scans.putIfAbsent(alias(n), n));
        return scans;
    }

    private static String alias(PlanNode scan) {
        var alias = scan.text("Alias");
        return alias == null ? String.valueOf(scan.text("Relation Name")) : alias;
    }

    private static String named(PlanNode scan, String alias) {
        var table = String.valueOf(scan.table());
        return alias.equals(scan.text("Relation Name")) ? table : table + " " + alias;
    }

    /// Type of the scan with the indexes it uses.
    private static String access(PlanNode scan) {
        var indexes = new TreeSet<String>();
        scan.all()
                .filter(n -> n == scan || n.type().startsWith("Bitmap"))
                .map(n -> n.text("Index Name"))
                .filter(i -> i != null)
                .forEach(indexes::add);
        var direction = "Backward".equals(scan.text("Scan Direction")) ? " Backward" : "";
        return scan.type()
                + direction
                + (indexes.isEmpty() ? "" : " using " + String.join(" and ", indexes));
    }

    private static void joins(PlanNode before, PlanNode after, List<Difference> found) {
        var was = joins(before);
        var is = joins(after);
        for (var tables : both(was, is)) {
            var old = was.get(tables);
            var now = is.get(tables);
            if (old == null || now == null) {
                continue;
            }
            if (!old.type().equals(now.type())) {
                found.add(
                        new Difference(
                                Kind.JOIN,
                                old,
                                now,
                                "%s are joined by %s instead of %s (%s)."
                                        .formatted(
                                                String.join(" and ", tables),
                                                now.type(),
                                                old.type(),
                                                figures(old, now))));
            }
        }
        if (was.size() == is.size() && !was.keySet().equals(is.keySet())) {
            found.add(
                    new Difference(
                            Kind.JOIN,
                            before,
                            after,
                            "The tables are joined in another order: %s first instead of %s."
                                    .formatted(first(is), first(was))));
        }
    }

    /// By the tables below.
    private static Map<Set<String>, PlanNode> joins(PlanNode root) {
        var joins = new LinkedHashMap<Set<String>, PlanNode>();
        root.all()
                .filter(PlanNode::join)
                .forEach(
                        join -> {
                            var tables = new TreeSet<String>();
                            join.all().filter(PlanNode::scan).forEach(s -> tables.add(alias(s)));
                            joins.putIfAbsent(tables, join);
                        });
        return joins;
    }

    /// The innermost join is done first.
    private static String first(Map<Set<String>, PlanNode> joins) {
        return joins.keySet().stream()
                .min((a, b) -> Integer.compare(a.size(), b.size()))
                .map(tables -> String.join(" and ", tables))
                .orElse("");
    }

    private static void others(PlanNode before, PlanNode after, List<Difference> found) {
        var was = others(before);
        var is = others(after);
        for (var label : both(was, is)) {
            var old = was.get(label);
            var now = is.get(label);
            if (old == null && now != null) {
                found.add(new Difference(Kind.NODE, null, now, "%s is new.".formatted(label)));
            } else if (old != null && now == null) {
                found.add(new Difference(Kind.NODE, old, null, "%s is gone.".formatted(label)));
            }
        }
    }

    private static Map<String, PlanNode> others(PlanNode root) {
        var nodes = new HashMap<String, PlanNode>();
        root.all()
                .filter(n -> !n.join() && !n.scan() && !n.is("Hash", "Bitmap Index Scan"))
                .filter(n -> !n.is("BitmapAnd", "BitmapOr"))
                .forEach(n -> nodes.putIfAbsent(label(n), n));
        return nodes;
    }

    private static String label(PlanNode node) {
        var how = node.text("Strategy");
        var keys = node.text("Sort Key");
        return (how == null || how.equals("Plain") ? "" : how + " ")
                + node.type()
                + (keys == null ? "" : " by " + keys);
    }

    private static <K> Set<K> both(Map<K, ?> before, Map<K, ?> after) {
        var keys = new LinkedHashSet<K>(after.keySet());
        keys.addAll(before.keySet());
        return keys;
    }

    private static String figures(PlanNode old, PlanNode now) {
        var was = old.estimate();
        var is = now.estimate();
        if (was == null || is == null) {
            return "no costs are shown";
        }
        return "rows expected %s → %s, cost %s → %s"
                .formatted(
                        Format.grouped(was.rows()),
                        Format.grouped(is.rows()),
                        cost(was.totalCost()),
                        cost(is.totalCost()));
    }

    private static String cost(double cost) {
        return cost < 100 ? Format.digits(cost) : Format.grouped(cost);
    }
}
