package io.lakebaseops.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PlanDraftTest {
    private static String draft(String sql) {
        return PlanDraft.of(sql).map(p -> p.tool() + " " + p.input()).orElse("none");
    }

    @Test
    void what_a_tool_does_becomes_its_input() {
        assertThat(draft("vacuum (analyze) shop.orders, Lines;"))
                .isEqualTo(
                        "schedule_vacuum_analyze {\"tables\":[{\"schema\":\"shop\",\"table\":\"orders\"},"
                                + "{\"schema\":\"public\",\"table\":\"lines\"}],\"window\":\"NOW\"}");
        assertThat(draft("analyze shop.orders")).startsWith("schedule_vacuum_analyze");
        assertThat(draft("vacuum full verbose \"a\"\"b\".\"T;x\""))
                .isEqualTo("schedule_vacuum_full {\"schema\":\"a\\\"b\",\"table\":\"T;x\"}");
        assertThat(draft("select pg_catalog.pg_terminate_backend(4711)"))
                .isEqualTo("terminate_idle_connections {\"pid\":4711}");
        assertThat(draft("select pg_cancel_backend(12)")).endsWith("{\"pid\":12}");
    }

    @Test
    void whatever_is_not_certain_is_no_draft() {
        for (var sql :
                List.of(
                        "vacuum",
                        "vacuum full a, b",
                        "vacuum (full off) shop.orders",
                        "vacuum shop.orders; drop table shop.orders",
                        "select pg_terminate_backend(pid) from pg_stat_activity",
                        "select pg_terminate_backend(1 + 2)",
                        "select pg_terminate_backend(1), pg_terminate_backend(2)",
                        "delete from shop.orders",
                        "drop table shop.orders",
                        "not sql at all",
                        "")) {
            assertThat(draft(sql)).as(sql).isEqualTo("none");
        }
    }
}
