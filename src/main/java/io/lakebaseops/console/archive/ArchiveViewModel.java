package io.lakebaseops.console.archive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.archival.ArchiveBoard;
import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Archival;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Cold rows of the server looked at, the candidate and threshold chosen, and plans about them.
/// Nothing is moved from here: every act files a plan.
public final class ArchiveViewModel extends ScreenModel<ArchiveSnapshot> {
    private static final int LISTED = 200;
    private static final int USUAL_DAYS = 90;
    static final int MOST_DAYS = 3650;

    private final ArchiveBoard board;
    private final ApprovalDesk desk;
    private final AgentFramework framework;
    private final ReadOnlyIntegerWrapper days = new ReadOnlyIntegerWrapper(USUAL_DAYS);
    private final ReadOnlyObjectWrapper<@Nullable Selected> selected =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<UnifiedQuery.@Nullable Answer> answer =
            new ReadOnlyObjectWrapper<>();
    private boolean chosen;

    /// What the pane is about.
    sealed interface Selected {
        record OfTable(String name) implements Selected {}

        record OfArchival(Archival archival) implements Selected {}
    }

    public ArchiveViewModel(
            ConsoleSession session,
            ArchiveBoard board,
            ApprovalDesk desk,
            AgentFramework framework) {
        super(session);
        this.board = board;
        this.desk = desk;
        this.framework = framework;
    }

    @Override
    protected ArchiveSnapshot read(TargetId target) {
        var archivals = board.archivals(target, LISTED);
        boolean any = archivals.stream().anyMatch(a -> a.status() == Archival.Status.RUNNING);
        return new ArchiveSnapshot(
                board.look(target).orElse(null),
                archivals,
                any
                        ? desk.watchRunning().stream()
                                .map(r -> r.plan().id())
                                .collect(Collectors.toSet())
                        : java.util.Set.of(),
                board.past(target).orElse(null),
                session.now());
    }

    @Override
    protected boolean isEmpty(ArchiveSnapshot picture) {
        return picture.candidates().isEmpty() && picture.archivals().isEmpty();
    }

    /// The live rounds too, a few seconds apart: a running archival moves on without an event.
    @Override
    protected boolean concerns(OpsEvent event) {
        return event.target().equals(session.target());
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void shown(ArchiveSnapshot picture) {
        switch (selected.get()) {
            case Selected.OfTable(var name) -> {
                if (picture.candidate(name).isEmpty()) {
                    selected.set(null);
                }
            }
            case Selected.OfArchival(var old) ->
                    picture.archivals().stream()
                            .filter(a -> a.id().equals(old.id()))
                            .findFirst()
                            .ifPresent(a -> selected.set(new Selected.OfArchival(a)));
            case null -> {
                if (!chosen) {
                    picture.candidates().stream().findFirst().ifPresent(this::open);
                }
            }
        }
    }

    private void open(ColdCandidate candidate) {
        var look = dataProperty().get();
        if (look != null && look.look() != null) {
            days.set(look.look().days());
        }
        selected.set(new Selected.OfTable(candidate.name()));
    }

    void select(ColdCandidate candidate) {
        chosen = true;
        selected.set(new Selected.OfTable(candidate.name()));
    }

    void select(Archival archival) {
        chosen = true;
        selected.set(new Selected.OfArchival(archival));
    }

    void close() {
        chosen = true;
        selected.set(null);
    }

    @Override
    protected void targetChanged() {
        chosen = false;
        selected.set(null);
        days.set(USUAL_DAYS);
        answer.set(null);
    }

    ReadOnlyObjectProperty<@Nullable Selected> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty daysProperty() {
        return days.getReadOnlyProperty();
    }

    void threshold(int next) {
        days.set(Math.clamp(next, 1, MOST_DAYS));
    }

    /// The candidate the histogram is of: the one in the pane, else the first.
    Optional<ColdCandidate> candidate() {
        var picture = dataProperty().get();
        if (picture == null) {
            return Optional.empty();
        }
        return selected.get() instanceof Selected.OfTable(var name)
                ? picture.candidate(name)
                : picture.candidates().stream().findFirst();
    }

    Optional<ColdChoice> choice() {
        var picture = dataProperty().get();
        var look = picture == null ? null : picture.look();
        return look == null
                ? Optional.empty()
                : candidate().map(c -> ColdChoice.of(c, days.get(), look.at()));
    }

    void lookNow() {
        runTool(framework, "identify_cold_data", JsonNodeFactory.instance.objectNode());
    }

    /// The tool counts anew before it plans: a plan never rests on an old count.
    void fileArchive(ColdChoice choice) {
        runTool(
                framework,
                "archive_cold_data_to_delta",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("table", choice.candidate().name())
                        .put("days", choice.days())
                        .put("database", choice.candidate().database()));
    }

    void fileContinuation(Archival archival) {
        file(actor -> board.continuation(archival.id(), actor));
    }

    /// @param keys empty = all rows
    void fileRestore(Archival archival, List<String> keys) {
        file(actor -> board.restore(archival.id(), keys, actor));
    }

    ReadOnlyObjectProperty<UnifiedQuery.@Nullable Answer> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    /// The table whose rows stand on both sides: the one chosen if it was archived, else the one
    /// archived last.
    Optional<Archival> asked() {
        var picture = dataProperty().get();
        if (picture == null) {
            return Optional.empty();
        }
        var name =
                switch (selected.get()) {
                    case Selected.OfTable(var table) -> table;
                    case Selected.OfArchival(var a) -> a.schema() + "." + a.table();
                    case null -> "";
                };
        return picture.archivals().stream()
                .filter(a -> (a.schema() + "." + a.table()).equals(name))
                .findFirst()
                .or(() -> picture.archivals().stream().findFirst());
    }

    void ask(String select) {
        asked().ifPresent(
                        a ->
                                lookUp(
                                        target -> board.ask(target, a.schema(), a.table(), select),
                                        answer::set));
    }

    void cancel(Archival archival) {
        var actor = session.actor();
        inBackground(() -> desk.cancel(archival.planId(), actor));
    }

    private void file(Function<Actor, ChangePlan> plan) {
        var actor = session.actor();
        lookUp(
                _ -> desk.file(plan.apply(actor)),
                filed -> {
                    session.goTo(Destination.plan(filed.id()));
                    refresh();
                });
    }
}
