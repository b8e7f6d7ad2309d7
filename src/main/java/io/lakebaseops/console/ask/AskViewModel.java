package io.lakebaseops.console.ask;

import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.OwnSql;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.state.ModelRequests.ModelRequest;
import io.lakebaseops.state.TitleSearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The list of conversations, the one shown, and what could be asked.
public final class AskViewModel extends ScreenModel<AskSnapshot> {
    /// Older ones come on request.
    private static final int PAGE = 100;

    private static final int PLANS = 8;

    private final AskServices services;
    private final Alerts alerts;
    private final TitleSearch titles;
    private final AskThread thread;
    private volatile String search = "";
    private volatile int limit = PAGE;

    public AskViewModel(
            ConsoleSession session,
            AskServices services,
            AgentFramework framework,
            Alerts alerts,
            TitleSearch titles) {
        super(session);
        this.services = services;
        this.alerts = alerts;
        this.titles = titles;
        thread = new AskThread(session, services, framework, this::refresh);
    }

    OwnSql ownSql() {
        return services.sql();
    }

    AskThread thread() {
        return thread;
    }

    @Override
    protected AskSnapshot read(TargetId target) {
        var kept = services.conversations();
        var wanted = search;
        var words = wanted.isBlank() ? List.<String>of() : List.of(wanted.strip().split("\\s+"));
        int most = limit;
        var lines = kept.page(session.user(), words, 0, most + 1);
        boolean more = lines.size() > most;
        return new AskSnapshot(
                wanted,
                more ? lines.subList(0, most) : lines,
                more,
                kept.count(session.user()),
                services.answerer().examples(target),
                session.now());
    }

    /// The page is never blank: without a conversation it offers questions.
    @Override
    protected boolean isEmpty(AskSnapshot picture) {
        return false;
    }

    /// What is wrong now makes the examples.
    @Override
    protected boolean concerns(OpsEvent event) {
        return event instanceof OpsEvent.RunEnded && event.target().equals(session.target());
    }

    @Override
    protected void targetChanged() {
        if (!thread.targetProperty().get().equals(session.target())) {
            thread.fresh();
        }
    }

    void search(String text) {
        if (!text.equals(search)) {
            search = text;
            limit = PAGE;
            refresh();
        }
    }

    void older() {
        int next = limit + PAGE;
        limit = next;
        refresh();
    }

    /// Reads what a language model was sent for an answer.
    void sent(UUID answer, Consumer<Optional<ModelRequest>> show) {
        thread.inBackground(() -> services.model().sentFor(answer), show);
    }

    /// What an answer can be pinned to.
    ///
    /// @param words as the menu says it
    record Pinnable(Item item, String words) {}

    /// Open alerts first, then plans that wait or were decided lately.
    void pinnable(Consumer<List<Pinnable>> show) {
        var target = thread.targetProperty().get();
        thread.inBackground(
                () -> {
                    var all = new ArrayList<Pinnable>();
                    alerts.active(target).stream()
                            .limit(PLANS)
                            .forEach(
                                    a ->
                                            all.add(
                                                    new Pinnable(
                                                            new Item(ItemKind.ALERT, a.id()),
                                                            Texts.of("Alert: %s", a.message()))));
                    titles.matching(target, List.of(), 3 * PLANS).stream()
                            .filter(t -> t.kind() == TitleSearch.Kind.PLAN)
                            .limit(PLANS)
                            .forEach(
                                    t ->
                                            all.add(
                                                    new Pinnable(
                                                            new Item(ItemKind.PLAN, t.id()),
                                                            Texts.of("Plan: %s", t.title()))));
                    return all;
                },
                show);
    }
}
