package io.lakebaseops.agents.performance.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.optimization.StatementFixes.Statement;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What an execution plan calls for, filed, carried out and taken back on a real server.
final class StatementFixesPgTest {
    private final List<ChangePlan> filed = new ArrayList<>();
    private Pg17.Database database;

    @BeforeEach
    void table() {
        database = Pg17.shared().database("fixes");
        database.asDba(
                "create schema \"Odd\"",
                "create table \"Odd\".\"my orders\" (id bigint primary key, \"Status \"\"x\" text)",
                "insert into \"Odd\".\"my orders\" select i, 's' || i from generate_series(1, 500) i");
    }

    private FiledPlan keep(ChangePlan plan) {
        filed.add(plan);
        return new FiledPlan(
                UUID.randomUUID(),
                plan,
                plan.fingerprint(),
                new Risk(RiskLevel.MEDIUM, List.of("a test")),
                FiledPlan.State.WAITING,
                plan.createdAt(),
                null,
                null,
                null,
                null,
                null);
    }

    private StatementFixes fixes(ToolRig rig) {
        return new StatementFixes(rig.targets(), rig.sql(), this::keep, Clock.systemUTC());
    }

    @Test
    void an_index_with_quoted_names_is_built_and_its_undo_takes_it_away() {
        try (var rig = ToolRig.of(database)) {
            var of = new Statement(rig.context().target(), database.name(), Actor.human("mira"));
            var idea =
                    new IndexIdea("Odd", "my orders", "btree", List.of("\"Status \"\"x\"", "id"));
            fixes(rig).index(of, idea, "Missing index: all 500 rows are read");
            var plan = filed.getFirst();
            assertThat(plan.title()).contains("Odd.my orders");
            assertThat(plan.why()).isEqualTo("Missing index: all 500 rows are read");
            assertThat(plan.proposedBy().name()).isEqualTo("mira");
            rig.carryOut(plan);
            assertThat(indexes()).anyMatch(d -> d.contains("(\"Status \"\"x\", id)"));
            rig.undo(plan);
            assertThat(indexes()).hasSize(1);
        }
    }

    @Test
    void new_statistics_are_an_analyze_and_no_vacuum() {
        try (var rig = ToolRig.of(database)) {
            var of = new Statement(rig.context().target(), database.name(), Actor.human("mira"));
            fixes(rig).analyze(of, "Odd", "my orders", "Statistics are out of date");
            var plan = filed.getFirst();
            assertThat(plan.verb()).isEqualTo("Analyse");
            assertThat(plan.steps().toString()).doesNotContainIgnoringCase("vacuum ");
            rig.carryOut(plan);
            assertThat(database.scalar("select count(*) from pg_stats where schemaname = 'Odd'"))
                    .isEqualTo("2");
        }
    }

    @Test
    void what_is_gone_or_not_ours_is_refused_with_the_reason() {
        try (var rig = ToolRig.of(database)) {
            var of = new Statement(rig.context().target(), database.name(), Actor.human("mira"));
            assertThatThrownBy(
                            () ->
                                    fixes(rig)
                                            .index(
                                                    of,
                                                    new IndexIdea(
                                                            "Odd", "gone", "btree", List.of("id")),
                                                    "why"))
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("the table is gone");
            assertThatThrownBy(
                            () ->
                                    fixes(rig)
                                            .index(
                                                    of,
                                                    new IndexIdea(
                                                            "Odd",
                                                            "my orders",
                                                            "btree",
                                                            List.of("lower(x)")),
                                                    "why"))
                    .hasMessageContaining("no column lower(x)");
            assertThatThrownBy(() -> fixes(rig).analyze(of, "Odd", "gone", "why"))
                    .hasMessageContaining("the table is gone");
            assertThat(filed).isEmpty();
        }
    }

    private List<String> indexes() {
        var all =
                database.scalar(
                        "select string_agg(indexdef, ';' order by 1) from pg_indexes where schemaname ="
                                + " 'Odd'");
        return List.of(String.valueOf(all).split(";"));
    }
}
