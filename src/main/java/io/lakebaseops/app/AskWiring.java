package io.lakebaseops.app;

import io.lakebaseops.ask.ExampleQuestions;
import io.lakebaseops.ask.IntentAnswerer;
import io.lakebaseops.ask.Understanding;
import io.lakebaseops.ask.meaning.IntentLibrary;
import io.lakebaseops.ask.meaning.IntentMatcher;
import io.lakebaseops.ask.meaning.MiniLmVectors;
import io.lakebaseops.ask.names.NameCatalog;
import io.lakebaseops.ask.plan.HistorySteps;
import io.lakebaseops.ask.plan.PlanRunner;
import io.lakebaseops.ask.plan.StateSteps;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.StateDb;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/// What answers questions without a language model. Intents and sentence vectors are read at the
/// first question.
final class AskWiring {
    private AskWiring() {}

    static Answerer answerer(
            Supplier<AgentFramework> framework,
            Targets targets,
            SqlLibrary sql,
            Lakehouse lakehouse,
            UnwrittenWaits waits,
            Alerts alerts,
            Supplier<StateDb> db,
            Supplier<JobScheduler> jobs,
            Supplier<Actor> person,
            Path models,
            Clock clock) {
        var understanding =
                new Lazy<>(
                        () -> {
                            var library = IntentLibrary.fromClassPath();
                            return new Understanding(
                                    library, new IntentMatcher(library, new MiniLmVectors(models)));
                        });
        var state =
                new StateSteps(
                        () -> new FindingStore(db.get()),
                        alerts,
                        () -> new StoredPlanQueue(db.get()),
                        framework,
                        jobs,
                        targets);
        var history = new HistorySteps(lakehouse, new WaitHistory(lakehouse, waits));
        return new IntentAnswerer(
                understanding::get,
                new NameCatalog(targets, clock),
                new PlanRunner(framework, targets, sql, history, state, clock),
                new ExampleQuestions(() -> new FindingStore(db.get()), alerts),
                targets,
                person,
                clock);
    }
}
