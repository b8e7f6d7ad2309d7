package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExecutionPlanTest {
    private static String plan(String node, String value, double cost) {
        return """
        [{"Plan": {"Node Type": "%s", "Relation Name": "orders 2", "Alias": "o", "Total Cost": %s,
          "Plan Rows": 7, "Filter": "(mail = '%s'::text)", "Sort Key": ["(a + 42)"],
          "Plans": [{"Node Type": "Result", "One-Time Filter": "('secret' = $1)"}]},
          "Settings": {"work_mem": "64MB"}}]
        """
                .formatted(node, cost, value);
    }

    @Test
    void valuesAreMaskedAndNamesAreKept() {
        var plan = ExecutionPlan.of(plan("Seq Scan", "ada@example.org", 12.5));
        assertThat(plan.json())
                .doesNotContain("ada@")
                .doesNotContain("secret")
                .doesNotContain("42")
                .contains("orders 2")
                .contains("(mail = ?::text)")
                .contains("$1")
                .contains("64MB");
        assertThat(plan.totalCost()).isEqualTo(12.5);
        assertThat(plan.rows()).isEqualTo(7);
    }

    @Test
    void theFingerprintFollowsTheWayNotTheFigures() {
        var one = ExecutionPlan.of(plan("Seq Scan", "a", 1)).fingerprint();
        assertThat(ExecutionPlan.of(plan("Seq Scan", "b", 999)).fingerprint()).isEqualTo(one);
        assertThat(ExecutionPlan.of(plan("Index Scan", "a", 1)).fingerprint()).isNotEqualTo(one);
    }
}
