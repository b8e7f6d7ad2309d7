package io.lakebaseops.console.ask;

import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Notice;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.guard.ReadResult;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The view model of one conversation: asks, follows an answer as it comes, stops it, answers again
/// in place, files plans from its next steps. The screen and the drawer have one each.
///
/// Everything public is called on the screen's thread; nothing on it blocks.
public final class AskThread {
    /// Of a long conversation the last ones are shown.
    private static final int SHOWN = 40;

    private static final Logger LOG = LoggerFactory.getLogger(AskThread.class);

    private final ConsoleSession session;
    private final AskServices services;
    private final Runnable changed;
    private final FollowUp followUp;
    private final StoredTurns stored;
    private final ObservableList<Turn> turns = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable UUID> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable UUID> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> notice = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<TargetId> target;
    private final ReadOnlyStringWrapper login = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<UUID> conversation =
            new ReadOnlyObjectWrapper<>(UUID.randomUUID());
    private @Nullable Subject selection;
    private @Nullable Work<Answer> work;
    private int run;

    /// @param changed called when a conversation was kept or removed
    public AskThread(
            ConsoleSession session,
            AskServices services,
            AgentFramework framework,
            Runnable changed) {
        this.session = session;
        this.services = services;
        stored = new StoredTurns(services.conversations(), session.user());
        followUp = new FollowUp(this, session, services, framework);
        this.changed = changed;
        target = new ReadOnlyObjectWrapper<>(session.target());
    }

    /// What is done with an answer.
    FollowUp followUp() {
        return followUp;
    }

    /// Oldest first.
    ObservableList<Turn> turns() {
        return turns;
    }

    /// The answer the pane is about.
    ReadOnlyObjectProperty<@Nullable UUID> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// The question being answered.
    ReadOnlyObjectProperty<@Nullable UUID> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// As whom one's own statements ran; empty before the first.
    ReadOnlyStringProperty loginProperty() {
        return login.getReadOnlyProperty();
    }

    /// Which server the conversation is about.
    ReadOnlyObjectProperty<TargetId> targetProperty() {
        return target.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Notice> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    void dismissNotice() {
        notice.set(null);
    }

    ReadOnlyObjectProperty<UUID> conversationProperty() {
        return conversation.getReadOnlyProperty();
    }

    Optional<Turn> turn(@Nullable UUID id) {
        return turns.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    Optional<Turn> selectedTurn() {
        return turn(selected.get());
    }

    void select(@Nullable UUID turn) {
        selected.set(turn);
    }

    /// Walks through the answers.
    void step(int by) {
        if (turns.isEmpty()) {
            return;
        }
        int at = selectedTurn().map(turns::indexOf).orElse(by > 0 ? -1 : turns.size());
        select(turns.get(Math.clamp(at + by, 0, turns.size() - 1)).id());
    }

    /// What is selected on the screen the question is asked from.
    void about(@Nullable Subject subject) {
        selection = subject;
    }

    @Nullable Subject about() {
        return selection;
    }

    /// An empty conversation about the server shown.
    void fresh() {
        stop();
        conversation.set(UUID.randomUUID());
        turns.clear();
        selected.set(null);
        target.set(session.target());
        login.set("");
    }

    /// Shows a conversation that was kept.
    void open(UUID id) {
        stop();
        inBackground(() -> stored.read(id, SHOWN), kept -> kept.ifPresent(this::show));
    }

    private void show(StoredTurns.Kept kept) {
        conversation.set(kept.id());
        target.set(kept.target());
        login.set("");
        turns.setAll(kept.turns());
        selected.set(kept.turns().isEmpty() ? null : kept.turns().getLast().id());
    }

    /// @return false when nothing was asked: the text is blank, or another answer is still coming
    boolean ask(String text) {
        return add(text, false);
    }

    /// Runs a statement of one's own, if it only reads.
    boolean runSql(String statement) {
        return add(statement, true);
    }

    private boolean add(String text, boolean sql) {
        if (text.isBlank() || running.get() != null) {
            return false;
        }
        int number = turns.isEmpty() ? 1 : turns.getLast().number() + 1;
        var turn =
                Turn.asked(UUID.randomUUID(), number, text.strip(), sql, Map.of(), session.now());
        turns.add(turn);
        start(turn);
        return true;
    }

    /// The same question with another value for one of its slots, answered in place.
    void change(Turn turn, String slot, String value) {
        var slots = new HashMap<>(turn.slots());
        slots.put(slot, value);
        again(turn, slots);
    }

    /// One of the readings it asked back with.
    void choose(Turn turn, int number) {
        var answer = turn.answer();
        if (answer == null || number < 0 || number >= answer.clarify().size()) {
            return;
        }
        change(turn, Question.INTENT, answer.clarify().get(number).intent());
    }

    void again(Turn turn) {
        again(turn, turn.slots());
    }

    private void again(Turn turn, Map<String, String> slots) {
        if (running.get() != null) {
            return;
        }
        var anew = turn.again(slots, session.now());
        replace(turn.id(), _ -> anew);
        start(anew);
    }

    private void start(Turn turn) {
        selected.set(turn.id());
        running.set(turn.id());
        if (turn.ownSql()) {
            startSql(turn);
            return;
        }
        int at = index(turn.id());
        var before =
                turns.subList(0, at).stream()
                        .filter(t -> t.answer() != null && !t.ownSql())
                        .map(
                                t ->
                                        new Question.Exchange(
                                                t.question(), Objects.requireNonNull(t.answer())))
                        .toList();
        var question =
                new Question(
                        turn.question(),
                        target.get(),
                        selection,
                        turn.slots(),
                        before,
                        turn.askedAt(),
                        session.zone());
        int mine = ++run;
        follow(turn.id(), mine, services.start(question, progress(turn.id(), mine)));
    }

    private TurnProgress progress(UUID id, int mine) {
        return new TurnProgress(
                change -> session.screen().execute(() -> progressed(id, mine, change)));
    }

    private void progressed(UUID id, int mine, UnaryOperator<Turn> change) {
        if (mine == run) {
            replace(id, change);
            if (turn(id).filter(t -> t.consent() != null).isPresent()) {
                // Nothing runs until the person has decided.
                run++;
                work = null;
                running.set(null);
            }
        }
    }

    private void startSql(Turn turn) {
        follow(
                turn.id(),
                ++run,
                services.start(
                        target.get(),
                        turn.question(),
                        result -> {
                            if (result instanceof ReadResult.Rows rows) {
                                session.screen().execute(() -> login.set(rows.login()));
                            }
                            var now = session.now();
                            return new SqlAnswer(
                                            turn.question(),
                                            services.sql().caps(),
                                            now,
                                            Duration.between(turn.askedAt(), now))
                                    .of(result);
                        }));
    }

    /// Waits for the end on a thread of its own. What comes after it was stopped is dropped.
    private void follow(UUID id, int mine, Work<Answer> started) {
        work = started;
        session.background()
                .execute(
                        () -> {
                            var answer = started.join();
                            session.screen()
                                    .execute(
                                            () -> {
                                                if (mine == run) {
                                                    end(id, answer);
                                                }
                                            });
                        });
    }

    private void end(UUID id, Answer answer) {
        run++;
        work = null;
        running.set(null);
        replace(id, t -> t.answered(answer));
        turn(id).ifPresent(this::keep);
    }

    private void keep(Turn turn) {
        var of = target.get();
        var to = conversation.get();
        inBackground(
                () -> {
                    stored.put(of, to, turn);
                    return true;
                },
                _ -> changed.run());
    }

    /// At once, however long the server takes to notice.
    void stop() {
        var id = running.get();
        var toStop = work;
        if (id == null || toStop == null) {
            return;
        }
        toStop.cancel();
        turn(id).ifPresent(t -> end(id, t.stopped(session.now())));
    }

    /// Shows a screen of the server the conversation is about.
    void goTo(Destination to) {
        var of = target.get();
        if (!of.equals(session.target())) {
            session.lookAt(of);
        }
        session.goTo(to);
    }

    /// Removes a conversation for good.
    void delete(UUID id) {
        inBackground(
                () -> {
                    stored.delete(id);
                    return true;
                },
                _ -> {
                    if (id.equals(conversation.get())) {
                        fresh();
                    }
                    changed.run();
                });
    }

    private int index(UUID id) {
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    void replace(UUID id, UnaryOperator<Turn> change) {
        int at = index(id);
        if (at >= 0) {
            turns.set(at, change.apply(turns.get(at)));
        }
    }

    void say(String text) {
        notice.set(new Notice(session.now(), text));
    }

    // A boundary: whatever a person's command ran into is said.
    <V> void inBackground(Supplier<V> command, Consumer<V> done) {
        session.background()
                .execute(
                        () -> {
                            try {
                                var value = command.get();
                                session.screen().execute(() -> done.accept(value));
                            } catch (RuntimeException e) {
                                LOG.warn("A command of Ask failed", e);
                                session.screen().execute(() -> say(Notice.words(e)));
                            }
                        });
    }
}
