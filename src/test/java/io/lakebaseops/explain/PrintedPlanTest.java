package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is printed of a plan says the same as the plan it came from.
final class PrintedPlanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "psql-unicode.txt",
                "psql-old-ascii.txt",
                "psql-arrows.txt",
                "dbeaver.txt",
                "wrapped-narrow.txt",
                "wrapped-parallel.txt",
                "quoted.txt",
                "subplans-8.txt",
                "deep-subplan.txt",
                "planned-partitions.txt",
                "io-timings.txt",
                "ctes.txt"
            })
    void a_printed_plan_reads_the_same_in_each_format(String file) throws IOException {
        var plan = ExplainedPlan.read(resource(file));
        var nodes = plan.root().all().toList();
        for (var format : PlanFormat.values()) {
            var printed = PrintedPlan.of(plan, format);
            var again = ExplainedPlan.read(printed.text());
            assertThat(again.format()).isEqualTo(format);
            assertThat(again.root().all().map(PrintedPlanTest::figures))
                    .as("%s as %s:%n%s", file, format, printed.text())
                    .isEqualTo(nodes.stream().map(PrintedPlanTest::figures).toList());
            assertThat(again.executionMillis()).isEqualTo(plan.executionMillis());
            // Each node has lines of its own, and they name it.
            for (var node : nodes) {
                var own =
                        printed.lines().stream()
                                .filter(l -> l.node() == node.number())
                                .map(PrintedPlan.Line::text)
                                .toList();
                assertThat(String.join("\n", own))
                        .as("%s as %s, node %s", file, format, node.number())
                        .contains(format == PlanFormat.TEXT ? NodeTitle.of(node) : node.type());
            }
        }
    }

    private static List<Object> figures(PlanNode node) {
        return List.of(
                NodeTitle.heading(node),
                String.valueOf(node.place()),
                String.valueOf(node.text("Subplan Name")),
                String.valueOf(node.estimate()),
                String.valueOf(node.actual()),
                String.valueOf(node.buffers()),
                String.valueOf(node.text("Filter")),
                String.valueOf(node.text("Index Cond")),
                String.valueOf(node.text("Hash Cond")),
                String.valueOf(node.text("Sort Method")),
                node.number("Rows Removed by Filter"),
                node.number("Sort Space Used"),
                node.number("Disk Usage"),
                node.number("Workers Launched"));
    }

    private static String resource(String file) throws IOException {
        try (var in = PrintedPlanTest.class.getResourceAsStream("/plans/pasted/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
