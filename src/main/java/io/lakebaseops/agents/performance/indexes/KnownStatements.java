package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.twin.Planned;
import io.lakebaseops.twin.TwinDatabase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The known statements of a database with their plans in the twin as things are now, by the tables
/// that they read.
final class KnownStatements {
    static final String WHAT = "Searching the best set of indexes";

    private final TwinDatabase twin;
    private final Deadline deadline;
    private final List<Known> all = new ArrayList<>();
    private int plans;
    private final List<String> refused = new ArrayList<>();

    KnownStatements(TwinDatabase twin, Deadline deadline) {
        this.twin = twin;
        this.deadline = deadline;
    }

    /// @param text as it is planned
    /// @param msPerHour of execution time, measured
    record Known(WorkStatement statement, String text, Planned now, double msPerHour) {
        /// Measured time for a unit of the planner's cost.
        double timeOf(double cost) {
            return msPerHour * cost / now.cost();
        }

        PlanNode root() {
            return Objects.requireNonNull(now.plan()).root();
        }

        /// The tables it reads, as `schema.name`.
        Set<String> tables() {
            return root().all()
                    .map(PlanNode::table)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }

    /// @param texts the statements by what is to be planned
    void read(Map<String, WorkStatement> texts, Instant at) {
        texts.forEach(
                (text, statement) -> {
                    var planned = plan(text);
                    if (planned.made() && planned.cost() > 0) {
                        all.add(
                                new Known(
                                        statement,
                                        text,
                                        planned,
                                        statement.totalMs()
                                                / MissingIndexCheck.hours(
                                                        statement.statsSince(), at)));
                    } else {
                        refused.add(String.valueOf(planned.refusal()));
                    }
                });
    }

    Planned plan(String text) {
        deadline.check(WHAT);
        plans++;
        return twin.plan(text);
    }

    List<Known> all() {
        return List.copyOf(all);
    }

    int plans() {
        return plans;
    }

    /// Why statements have no plan.
    List<String> refused() {
        return List.copyOf(refused);
    }

    double msPerHour() {
        return all.stream().mapToDouble(Known::msPerHour).sum();
    }

    /// What is worth weighing: large tables with their statements, the most time first.
    Map<TableFamily, List<Known>> byTable(IndexCatalog catalog, int most) {
        var named =
                catalog.tables().values().stream()
                        .collect(
                                Collectors.toMap(
                                        t -> t.schemaName() + "." + t.tableName(),
                                        t -> t,
                                        (a, _) -> a));
        var statements = new LinkedHashMap<CatalogTable, List<Known>>();
        for (var known : all) {
            known.tables().stream()
                    .map(named::get)
                    .filter(Objects::nonNull)
                    .map(t -> TableFamily.top(catalog, t))
                    .distinct()
                    .forEach(t -> statements.computeIfAbsent(t, _ -> new ArrayList<>()).add(known));
        }
        var tables = new LinkedHashMap<TableFamily, List<Known>>();
        statements.entrySet().stream()
                .sorted(
                        Map.Entry.<CatalogTable, List<Known>>comparingByValue(
                                        java.util.Comparator.comparingDouble(KnownStatements::time))
                                .reversed())
                .map(e -> Map.entry(TableFamily.of(catalog, e.getKey()), e.getValue()))
                .filter(e -> e.getKey().large())
                .limit(most)
                .forEach(e -> tables.put(e.getKey(), e.getValue()));
        return tables;
    }

    private static double time(List<Known> statements) {
        return statements.stream().mapToDouble(Known::msPerHour).sum();
    }
}
