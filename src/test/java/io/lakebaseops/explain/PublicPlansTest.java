package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person is told of plans of public reports: the node that takes the time, the estimate
/// that went wrong first, the pages, and the causes, those with most at stake first.
final class PublicPlansTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    citus-tasks.txt | 0 Custom Scan (Citus Adaptive) | 25961.113 | - | - | MANY_ROWS@0
                    ctes.txt | 34 CTE Scan | 36393.724 | 7 ×27, 16 ×19197, 17 ×571, 27 ×176, 33 ×791, 34 ×38114, 35 ×17996, 36 ×19057, 37 ×95, 39 ×31 | - | ROW_MISESTIMATE@35 ROW_MISESTIMATE@33 ROW_MISESTIMATE@34 NESTED_LOOP@32 NESTED_LOOP@31
                    datagrip-quoted.txt | 7 Sort | 6.078 | 0 ×1660 | - | ROW_MISESTIMATE@0
                    dbeaver.txt | 0 Delete | 3350.416 | - | 5000000+22124 | -
                    deep-subplan.txt | 6 Sort | 362.711 | 2 ×705, 5 ×91, 9 ×64 | - | ROW_MISESTIMATE@2 SORT_SPILL@6
                    io-timings.txt | 19 Index Scan | 350.112 | 1 ×1945, 9 ×13, 18 ×182 | 428719+71403 | ROW_MISESTIMATE@1 NESTED_LOOP@0 LATE_FILTER@19 HASH_SPILL@10 ROW_MISESTIMATE@18 ROW_MISESTIMATE@9
                    log-yaml.txt | 0 Result | 4001.397 | - | 0+0 | -
                    log-yaml-stderr.txt | 0 Result | 4001.397 | - | 0+0 | -
                    planned-partitions.txt | 0 HashAggregate | 377.152 | - | - | HASH_SPILL@0 MANY_ROWS@0
                    psql-arrows.txt | 2 Seq Scan | 2.084 | - | - | MISSING_INDEX@2
                    psql-french.txt | 3 Parallel Seq Scan | 49.772 | 3 ×2083 | - | ROW_MISESTIMATE@3 FUNCTION_ON_COLUMN@3
                    psql-old-ascii.txt | 2 Seq Scan | 2.378 | - | - | MISSING_INDEX@2
                    psql-unicode.txt | 2 Seq Scan | 2.273 | - | - | MISSING_INDEX@2
                    psql-yaml-join.txt | 0 Hash Join | 0 | - | - | -
                    psql-yaml-names.txt | 0 Seq Scan | 0 | - | - | -
                    quoted.txt | 1 Nested Loop | 68585.877 | - | - | MISSING_INDEX@1
                    subplans-8.txt | 13 Index Scan | 418.665 | 9 ×13988 | - | SUBPLAN_PER_ROW@11 ROW_MISESTIMATE@9
                    timescale-chunks.txt | 3 Custom Scan (ChunkAppend) | 1192.325 | - | 14680+0 | -
                    wrapped-narrow.txt | 2 Seq Scan | 0.397 | - | - | -
                    wrapped-parallel.txt | 1 Hash Semi Join | 2571.067 | 1 ×320, 2 ×16 | 16141+910 | ROW_MISESTIMATE@1 ROW_MISESTIMATE@2 MANY_ROWS@0
                    """)
    void publicPlansAreDiagnosed(
            String file, String slowest, double millis, String wrong, String pages, String causes)
            throws IOException {
        var plan = ExplainedPlan.read(resource(file));
        var figures = PlanFigures.of(plan);
        var first =
                plan.root()
                        .all()
                        .max(Comparator.comparingDouble(n -> self(figures, n)))
                        .orElseThrow();
        assertThat(first.number() + " " + NodeTitle.of(first)).isEqualTo(slowest);
        assertThat(self(figures, first)).isCloseTo(millis, within(0.001));
        assertThat(
                        plan.root()
                                .all()
                                .filter(n -> figures.of(n).estimate() == RowEstimate.ORIGIN)
                                .map(n -> "%d ×%.0f".formatted(n.number(), figures.of(n).off()))
                                .collect(Collectors.joining(", ")))
                .isEqualTo(Objects.requireNonNullElse(wrong, ""));
        var buffers = plan.root().buffers();
        assertThat(buffers == null ? null : "%.0f+%.0f".formatted(buffers.hit(), buffers.read()))
                .isEqualTo(pages);
        assertThat(
                        PlanDiagnosis.of(plan, (_, _) -> Optional.empty(), StatementFacts.UNKNOWN)
                                .stream()
                                .map(p -> p.cause() + "@" + p.node())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(Objects.requireNonNullElse(causes, ""));
        assertThat(plan.root().all())
                .as("no node takes less than no time")
                .allSatisfy(n -> assertThat(self(figures, n)).isNotNegative());
    }

    private static double self(PlanFigures figures, PlanNode node) {
        var millis = figures.of(node).selfMillis();
        return millis == null ? 0 : millis;
    }

    private static String resource(String file) throws IOException {
        try (var in = PublicPlansTest.class.getResourceAsStream("/plans/pasted/" + file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
