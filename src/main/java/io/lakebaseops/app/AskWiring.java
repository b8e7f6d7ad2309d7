package io.lakebaseops.app;

import io.lakebaseops.ask.AnswerPreparation;
import io.lakebaseops.ask.ExampleQuestions;
import io.lakebaseops.ask.IntentAnswerer;
import io.lakebaseops.ask.Understanding;
import io.lakebaseops.ask.meaning.IntentLibrary;
import io.lakebaseops.ask.meaning.IntentMatcher;
import io.lakebaseops.ask.meaning.MiniLmVectors;
import io.lakebaseops.ask.model.Answers;
import io.lakebaseops.ask.model.ModelAnswerer;
import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.ask.names.NameCatalog;
import io.lakebaseops.ask.plan.HistorySteps;
import io.lakebaseops.ask.plan.PlanRunner;
import io.lakebaseops.ask.plan.StateSteps;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.config.ModelFile;
import io.lakebaseops.console.Language;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.ModelRequestStore;

import java.util.function.Supplier;

/// What answers questions, without a language model and with one. Intents and sentence vectors are
/// read at the first question.
final class AskWiring {
    private final Lazy<NameCatalog> names;
    private final Lazy<Answerer> plain;
    private final Lazy<ModelDesk> model;
    private final Lazy<ModelAnswerer> answerer;

    AskWiring(Wiring parts) {
        names = new Lazy<>(() -> new NameCatalog(parts.targets(), parts.clock));
        plain = new Lazy<>(() -> plain(parts, names.get()));
        model = new Lazy<>(() -> model(parts));
        answerer =
                new Lazy<>(
                        () ->
                                new ModelAnswerer(
                                        plain.get(),
                                        model.get(),
                                        names.get()::of,
                                        parts.targets()::awake,
                                        parts::framework,
                                        parts::person,
                                        parts.clock));
    }

    /// Never with a model, as schedules and programs ask.
    Answerer plain() {
        return plain.as(Answerer.class);
    }

    Answers answers() {
        var worded = answerer.get();
        return new Answers(plain.get(), worded, model.get(), worded::firstRequest);
    }

    private static ModelDesk model(Wiring parts) {
        return new ModelDesk(
                new ModelFile(parts.home.dir()),
                parts.connections().secrets(),
                () -> new ModelRequestStore(parts.state()),
                parts.room.executor("language model"));
    }

    private static Answerer plain(Wiring parts, NameCatalog names) {
        var clock = parts.clock;
        var lakehouse = parts.lakehouse.as(Lakehouse.class);
        var models = parts.home.models();
        Supplier<Findings> findings = () -> new FindingStore(parts.state());
        var alerts = parts.alerts();
        var targets = parts.targets();
        var understanding =
                new Lazy<>(
                        () -> {
                            var library = IntentLibrary.fromClassPath();
                            return new Understanding(
                                    library, new IntentMatcher(library, new MiniLmVectors(models)));
                        });
        var state =
                new StateSteps(
                        findings,
                        alerts,
                        () -> new StoredPlanQueue(parts.state()),
                        parts::framework,
                        parts::jobs,
                        targets);
        var history =
                new HistorySteps(
                        lakehouse,
                        new WaitHistory(lakehouse, parts.health.sampler()),
                        parts.health.definitions());
        var runner =
                new PlanRunner(
                        parts::framework,
                        targets,
                        SqlLibrary.fromClassPath(),
                        history,
                        state,
                        parts.background(),
                        clock);
        return new IntentAnswerer(
                understanding::get,
                names,
                runner,
                new ExampleQuestions(findings, alerts, () -> Language.shown().locale()),
                new AnswerPreparation(understanding::get, runner, parts::aside),
                targets,
                parts::person,
                parts.background(),
                clock);
    }
}
