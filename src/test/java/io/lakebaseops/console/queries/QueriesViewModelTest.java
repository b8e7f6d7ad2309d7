package io.lakebaseops.console.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Output;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/// What the Queries screen keeps and drops while reads, selections and servers change.
final class QueriesViewModelTest {
    private static final String PLAN =
            "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Relation Name\": \"orders\", \"Schema\": \"shop\","
                    + " \"Alias\": \"orders\", \"Startup Cost\": 0, \"Total Cost\": 12, \"Plan Rows\": 7, \"Plan"
                    + " Width\": 8}}]";

    private final FakeShop shop = FakeShop.busyDay();

    /// What runs in the background, to be let run one by one.
    private final Queue<Runnable> later = new ArrayDeque<>();

    private boolean defer;
    private final ConsoleServices services = shop.services(this::run, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final QueriesViewModel model =
            new QueriesViewModel(
                    session,
                    services.performance().statements(),
                    services.performance().waits(),
                    services.performance().plans(),
                    services.performance().sampling(),
                    services.generated(),
                    services.desk(),
                    services.framework(),
                    services.performance().fixes());

    private void run(Runnable work) {
        if (defer) {
            later.add(work);
        } else {
            work.run();
        }
    }

    @BeforeEach
    void history() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var id : List.of(7L, 8L)) {
            var row = new HashMap<String, @Nullable Object>();
            row.put("dimension_key", Long.toString(id));
            row.put("in_database", "shop");
            row.put("calls", 60.0);
            row.put("total_exec_time", id == 7 ? 900.0 : 50.0);
            row.put("all_keys", 5L);
            row.put("all_calls", 200.0);
            row.put("all_exec_time", 1000.0);
            rows.add(row);
        }
        shop.history.answers.put("lakehouse/statement_totals", new Rows(rows));
        shop.tools.answers.put(
                "analyze_slow_queries_with_ai",
                input ->
                        new Output(1, 1, List.of(diagnosis(input.path("queryid").asText(), PLAN))));
    }

    private static Diagnosis diagnosis(String id, @Nullable String plan) {
        return new Diagnosis(
                id,
                "shop",
                "select " + id,
                60,
                1,
                15,
                900,
                1,
                plan,
                plan == null ? null : "b71e52",
                false,
                plan == null ? "a cursor cannot be explained" : null,
                "About " + id,
                List.of());
    }

    private QueriesSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    @Test
    void all_others_are_one_share_so_that_the_whole_is_the_whole() {
        model.activate();
        assertThat(picture().lines()).extracting(StatementLine::share).containsExactly(0.9, 0.05);
        assertThat(picture().restShare())
                .isCloseTo(0.05, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(picture().keys()).isEqualTo(5);
        assertThat(Objects.requireNonNull(picture().rest()).calls()).isEqualTo(80);
    }

    @Test
    void an_answer_about_a_statement_left_meanwhile_is_dropped() {
        model.activate();
        var first = picture().lines().getFirst();
        var second = picture().lines().get(1);
        defer = true;
        model.select(first);
        model.inspect();
        model.select(second);
        model.inspect();
        later.remove().run();
        assertThat(model.detailProperty().get()).as("that was about the first").isNull();
        later.remove().run();
        assertThat(Objects.requireNonNull(model.detailProperty().get()).diagnosis())
                .extracting(Diagnosis::verdict)
                .isEqualTo("About 8");
    }

    @Test
    void another_server_closes_what_is_open_about_the_one_before() {
        model.activate();
        model.select(picture().lines().getFirst());
        model.inspect();
        model.openPlan();
        assertThat(model.planProperty().get()).isNotNull();
        session.lookAt(FakeShop.STAGING);
        assertThat(model.planProperty().get()).isNull();
        assertThat(model.selectedProperty().get()).isNull();
        assertThat(model.detailProperty().get()).isNull();
    }

    @Test
    void a_statement_without_a_plan_says_why_in_the_pane_and_in_a_notice() {
        shop.tools.answers.put(
                "analyze_slow_queries_with_ai",
                input ->
                        new Output(1, 0, List.of(diagnosis(input.path("queryid").asText(), null))));
        model.activate();
        model.select(picture().lines().getFirst());
        model.inspect();
        assertThat(Objects.requireNonNull(model.detailProperty().get()).diagnosis())
                .extracting(Diagnosis::withoutPlan)
                .isEqualTo("a cursor cannot be explained");
        model.openPlan();
        assertThat(model.planProperty().get()).isNull();
        assertThat(Objects.requireNonNull(model.noticeProperty().get()).text())
                .contains("a cursor cannot be explained");
    }

    @Test
    void a_history_that_cannot_be_read_is_a_failure_with_its_reason() {
        shop.history.broken =
                new OpsException(
                        OpsException.Kind.INTERNAL, "Reading the history", "no disk", "mount it");
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("no disk").contains("mount it");
        shop.history.broken = null;
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void the_chart_is_read_again_when_a_slice_has_ended_and_not_with_every_measurement() {
        model.activate();
        var before = model.dataProperty().get();
        shop.clock.forward(java.time.Duration.ofSeconds(20));
        shop.bus.publish(
                new io.lakebaseops.framework.OpsEvent.HealthMeasured(
                        FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(model.dataProperty().get()).isSameAs(before);
        shop.clock.forward(java.time.Duration.ofMinutes(3));
        shop.bus.publish(
                new io.lakebaseops.framework.OpsEvent.HealthMeasured(
                        FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(model.dataProperty().get()).isNotSameAs(before);
    }
}
