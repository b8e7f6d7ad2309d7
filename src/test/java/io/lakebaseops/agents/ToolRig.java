package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What do tools need in a test? Real targets as a role without superuser, a context, and a plain
/// way to carry a plan out: preconditions, steps, proofs, as the gate does it.
public record ToolRig(TestTargets test) implements AutoCloseable {
    public static ToolRig of(Pg17.Database database) {
        return new ToolRig(TestTargets.of(database));
    }

    public Targets targets() {
        return test.targets();
    }

    public SqlLibrary sql() {
        return test.sql();
    }

    public ToolContext context() {
        return context(Actor.human("ada"));
    }

    public ToolContext context(Actor actor) {
        return new ToolContext(
                UUID.randomUUID(),
                test.target(),
                actor,
                TestTargets.deadline(),
                Clock.systemUTC(),
                ToolContext.Progress.SILENT);
    }

    public static <O extends Record> Outcome.Found<O> found(Outcome<O> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Found.class);
        return (Outcome.Found<O>) outcome;
    }

    public static <O extends Record> String refused(Outcome<O> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
        var u = (Outcome.Unavailable<O>) outcome;
        return u.reason() + " — " + u.remedy();
    }

    public void carryOut(ChangePlan plan) {
        for (var precondition : plan.preconditions()) {
            assertThat(holds(precondition)).as(precondition.description()).isTrue();
        }
        run(plan.steps());
        prove(plan.proofs());
    }

    public void undo(ChangePlan plan) {
        run(plan.undo().steps());
        prove(plan.undo().proofs());
    }

    public List<Rows> run(List<Step> steps) {
        var results = new ArrayList<Rows>();
        for (var step : steps) {
            switch (step) {
                case Step.SqlStep sql -> {
                    try (var session = test.write(sql.database())) {
                        results.add(session.run(sql));
                    }
                }
                case Step.ScriptStep script -> {
                    try (var session = test.write(script.database())) {
                        assertThat(session.run(script).statements().getLast().error()).isNull();
                    }
                }
                case Step.ArchiveStep archive ->
                        throw new AssertionError("only the gate moves rows: " + archive);
                case Step.ApiStep api -> throw new AssertionError("no control plane: " + api);
            }
        }
        return results;
    }

    public boolean holds(Precondition precondition) {
        var p = (Precondition.SqlRows) precondition;
        return text(query(p.database(), p.query(), p.params())).equals(text(p.expected()));
    }

    /// Measured again for a while, as the gate does: sessions end and statistics appear late.
    public void prove(List<Postcondition> proofs) {
        for (var proof : proofs) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> measure((Postcondition.SqlFigure) proof));
        }
    }

    /// Once; flags count as 1 and 0, as the gate counts them.
    public void measure(Postcondition.SqlFigure figure) {
        var row = query(figure.database(), figure.query(), figure.params()).list().getFirst();
        var cell = row.get(figure.column());
        var value = cell instanceof Boolean b ? (b ? 1.0 : 0.0) : ((Number) cell).doubleValue();
        var is = assertThat(value).as(figure.description());
        switch (figure.comparison()) {
            case AT_MOST -> is.isLessThanOrEqualTo(figure.value());
            case AT_LEAST -> is.isGreaterThanOrEqualTo(figure.value());
            case EQUAL -> is.isEqualTo(figure.value());
            case LESS_THAN -> is.isLessThan(figure.value());
        }
    }

    private Rows query(String database, String name, List<SqlParam> params) {
        try (var session = targets().read(test.target(), database, TestTargets.deadline())) {
            return session.query(
                    SqlName.of(name),
                    params.stream()
                            .collect(
                                    Collectors.toMap(
                                            SqlParam::name, p -> String.valueOf(p.value()))));
        }
    }

    private static String text(Rows rows) {
        return rows.list().stream().map(Map::toString).collect(Collectors.joining("\n"));
    }

    /// Keeps what was published, by whichever thread.
    public static final class Events implements EventBus {
        public final List<OpsEvent> published = new CopyOnWriteArrayList<>();

        @Override
        public void publish(OpsEvent event) {
            published.add(event);
        }

        @Override
        public Subscription subscribe(String name, Consumer<OpsEvent> subscriber) {
            return () -> {};
        }

        public <E extends OpsEvent> List<E> of(Class<E> type) {
            return published.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @Override
    public void close() {
        test.close();
    }
}
