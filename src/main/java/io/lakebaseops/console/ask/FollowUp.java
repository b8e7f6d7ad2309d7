package io.lakebaseops.console.ask;

import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Conversations;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.Pin;

import java.util.ArrayList;
import java.util.HashMap;

/// What follows from an answer or a question: a plan filed from a next step, a pin to a plan or an
/// alert, the consent to what a language model is sent.
final class FollowUp {
    private final AskThread thread;
    private final ConsoleSession session;
    private final Conversations conversations;
    private final ModelDesk model;
    private final AgentFramework framework;

    FollowUp(
            AskThread thread,
            ConsoleSession session,
            AskServices services,
            AgentFramework framework) {
        this.thread = thread;
        this.session = session;
        conversations = services.conversations();
        model = services.model();
        this.framework = framework;
    }

    /// Sends the question to the model, now and from now on.
    void agree(Turn turn) {
        thread.inBackground(
                () -> {
                    model.agree(true);
                    return true;
                },
                _ -> thread.again(turn));
    }

    /// Answers this question without a model.
    void withoutModel(Turn turn) {
        thread.change(turn, Question.MODEL, Question.WITHOUT);
    }

    /// Files the plan of a next step at the gate; nothing else happens.
    void file(Turn turn, int place) {
        var answer = turn.answer();
        if (answer == null || !(answer.actions().get(place) instanceof NextStep.FilePlan step)) {
            return;
        }
        var of = thread.targetProperty().get();
        thread.inBackground(
                () -> framework.run(step.tool(), step.input(), of, session.actor()),
                report -> filed(turn, place, report));
    }

    /// Files a plan that belongs to no answer, and opens it.
    void draft(NextStep.FilePlan step) {
        var of = thread.targetProperty().get();
        thread.inBackground(
                () -> framework.run(step.tool(), step.input(), of, session.actor()),
                report -> {
                    if (report.plans().isEmpty()) {
                        thread.say(whyNone(report));
                    } else {
                        thread.goTo(Destination.plan(report.plans().getFirst().id()));
                    }
                });
    }

    private static String whyNone(ToolReport report) {
        var error = report.error();
        if (error != null) {
            return error;
        }
        return report.caveats().isEmpty()
                ? Texts.of("There is nothing to plan: what it would mend is gone.")
                : String.join("; ", report.caveats());
    }

    private void filed(Turn turn, int place, ToolReport report) {
        var plans = report.plans();
        if (plans.isEmpty()) {
            thread.say(whyNone(report));
            return;
        }
        var plan = plans.getFirst().id();
        thread.replace(
                turn.id(),
                t -> {
                    var all = new HashMap<>(t.filed());
                    all.put(place, plan);
                    return t.filed(all);
                });
        thread.inBackground(
                () -> {
                    conversations.filed(turn.id(), place, plan);
                    return true;
                },
                _ -> {});
    }

    void pin(Turn turn, Item item) {
        var pin = new Pin(item, session.user(), session.now());
        thread.inBackground(
                () -> {
                    conversations.pin(turn.id(), pin);
                    return true;
                },
                _ ->
                        thread.replace(
                                turn.id(),
                                t -> {
                                    var pins = new ArrayList<>(t.pins());
                                    pins.removeIf(p -> p.item().equals(item));
                                    pins.add(pin);
                                    return t.pinned(pins);
                                }));
    }

    void unpin(Turn turn, Item item) {
        thread.inBackground(
                () -> {
                    conversations.unpin(turn.id(), item);
                    return true;
                },
                _ ->
                        thread.replace(
                                turn.id(),
                                t ->
                                        t.pinned(
                                                t.pins().stream()
                                                        .filter(p -> !p.item().equals(item))
                                                        .toList())));
    }
}
