package io.lakebaseops.console.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.testing.SampleAnswers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

class AskThreadTest {
    private static final String WORSE = "and is it getting worse on staging?";

    private final FakeShop shop = FakeShop.busyDay();
    private final Deque<Runnable> screen = new ArrayDeque<>();
    private ConsoleSession session;
    private AskThread thread;
    private int kept;

    private AskThread open(java.util.concurrent.Executor background) {
        ConsoleServices services = shop.services(background, Path.of("unused"));
        session = new ConsoleSession(services, FakeShop.PRODUCTION, this::onScreen);
        thread =
                new AskThread(
                        session,
                        Objects.requireNonNull(services.ask()),
                        services.framework(),
                        () -> kept++);
        return thread;
    }

    /// From other threads it waits until a test draws.
    private void onScreen(Runnable task) {
        if (Thread.currentThread().getName().equals("ask-test-screen")) {
            task.run();
            return;
        }
        synchronized (screen) {
            screen.add(task);
        }
    }

    private void draw() {
        while (true) {
            Runnable next;
            synchronized (screen) {
                next = screen.poll();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
        shop.threads.close();
    }

    private Turn last() {
        draw();
        return thread.turns().getLast();
    }

    private static final String WASTE = "Which indexes waste space?";

    @Test
    void theFirstQuestionToAModelWaitsForAPerson() {
        shop.ask.model.switchOn();
        open(Runnable::run);
        thread.ask(WASTE);
        await().until(() -> last().consent() != null);
        assertThat(thread.runningProperty().get()).isNull();
        assertThat(shop.ask.asked).as("nothing was asked").isEmpty();
        assertThat(Objects.requireNonNull(last().consent()).text()).contains(WASTE);
        assertThat(kept).as("an open question is not kept").isZero();

        thread.followUp().withoutModel(last());
        await().until(() -> last().answer() != null);
        assertThat(Objects.requireNonNull(last().answer()).model()).isNull();
        assertThat(shop.ask.model.desk().settings().consented()).isFalse();

        thread.ask(WASTE);
        await().until(() -> last().consent() != null);
        thread.followUp().agree(last());
        await().until(() -> last().answer() != null);
        assertThat(Objects.requireNonNull(last().answer()).model()).isNotNull();
        assertThat(shop.ask.model.desk().settings().consented()).isTrue();

        thread.ask(WASTE);
        await().until(() -> last().answer() != null);
        assertThat(last().consent()).isNull();
    }

    @Test
    void aQuestionCanBeStoppedWhileAModelSpeaks() {
        shop.ask.model.switchOn();
        shop.ask.model.desk().agree(true);
        shop.ask.pause = new CountDownLatch(1);
        shop.threads = TaskExecutor.open(shop.clock);
        open(task -> Thread.ofVirtual().start(task));
        thread.ask(WASTE);
        await().until(() -> !last().words().isEmpty());
        thread.stop();
        var answer = Objects.requireNonNull(last().answer());
        assertThat(answer.kind()).isEqualTo(Kind.STOPPED);
        assertThat(answer.verdict().getFirst().text()).startsWith("3 indexes");
        assertThat(answer.verdict().getFirst().struck())
                .contains("before its figures were checked");
    }

    private Kind kind() {
        return Objects.requireNonNull(last().answer()).kind();
    }

    @Test
    void aQuestionIsAnsweredKeptAndFollowedByAnotherThatKnowsIt() {
        open(Runnable::run);
        thread.about(Subject.table("shop", "shop", "inventory"));
        assertThat(thread.ask("  ")).isFalse();
        assertThat(thread.ask(SampleAnswers.WHY_SLOW)).isTrue();
        assertThat(kind()).isEqualTo(Kind.ANSWERED);
        assertThat(kept).as("the list is told").isEqualTo(1);
        thread.ask(WORSE);
        assertThat(kind()).isEqualTo(Kind.CLARIFY);
        var second = shop.ask.asked.getLast();
        assertThat(second.before())
                .singleElement()
                .extracting(Question.Exchange::question)
                .isEqualTo(SampleAnswers.WHY_SLOW);
        assertThat(Objects.requireNonNull(second.selected()).display()).isEqualTo("shop.inventory");
        assertThat(shop.ask.kept.exchanges(thread.conversationProperty().get(), 10)).hasSize(2);
    }

    @Test
    void aReadingChosenIsAnsweredInPlaceAndOneThatIsNotThereChangesNothing() {
        open(Runnable::run);
        thread.ask(WORSE);
        var asked = last();
        thread.choose(asked, 3);
        assertThat(kind()).as("there are three").isEqualTo(Kind.CLARIFY);
        thread.choose(asked, 1);
        assertThat(kind()).isEqualTo(Kind.ANSWERED);
        assertThat(thread.turns()).hasSize(1);
        assertThat(last().id()).isEqualTo(asked.id());
        assertThat(shop.ask.asked.getLast().slots())
                .isEqualTo(Map.of(Question.INTENT, "time_compared"));
        assertThat(shop.ask.kept.exchanges(thread.conversationProperty().get(), 10))
                .as("it takes the place of the first answer")
                .hasSize(1);
    }

    @Test
    void aChipKeepsTheOtherValuesChosenBefore() {
        open(Runnable::run);
        thread.ask(SampleAnswers.WHY_SLOW);
        thread.change(last(), "role", "reporting");
        thread.change(last(), "time", "a/b");
        assertThat(shop.ask.asked.getLast().slots())
                .isEqualTo(Map.of("role", "reporting", "time", "a/b"));
    }

    @Test
    void stoppingEndsAtOnceKeepsWhatWasReadAndDropsWhatComesLater() {
        shop.threads = TaskExecutor.open(shop.clock);
        shop.ask.pause = new CountDownLatch(1);
        open(task -> Thread.ofVirtual().start(task));
        thread.ask(SampleAnswers.WHY_SLOW);
        await().until(
                        () -> {
                            draw();
                            return !thread.turns().getLast().steps().isEmpty();
                        });
        assertThat(thread.ask("Another one")).as("one at a time").isFalse();
        thread.stop();
        assertThat(kind()).isEqualTo(Kind.STOPPED);
        assertThat(last().steps()).hasSize(1);
        assertThat(thread.runningProperty().get()).isNull();
        await().until(() -> shop.threads.running().isEmpty());
        await().until(() -> shop.ask.kept.count("mira") == 1);
        draw();
        assertThat(kind()).as("the late answer is dropped").isEqualTo(Kind.STOPPED);

        shop.ask.pause = null;
        thread.again(last());
        await().until(
                        () -> {
                            draw();
                            return thread.runningProperty().get() == null;
                        });
        assertThat(kind()).isEqualTo(Kind.ANSWERED);
    }

    @Test
    void whatTheEngineThrowsIsAnAnswerThatSaysSo() {
        shop.ask.answers.put(
                "Why?",
                _ -> {
                    throw new IllegalStateException("no such luck");
                });
        open(Runnable::run);
        thread.ask("Why?");
        assertThat(kind()).isEqualTo(Kind.FAILED);
        assertThat(last().answer().trouble()).contains("no such luck");
    }

    @Test
    void aNextStepFilesAPlanAtTheGateAndThenLeadsThere() {
        open(Runnable::run);
        shop.tools.plans.put("terminate_idle_connections", List.of(shop.plan(SamplePlans.DROP)));
        thread.ask(SampleAnswers.WHY_SLOW);
        thread.followUp().file(last(), 0);
        assertThat(last().filed()).isEqualTo(Map.of(0, SamplePlans.DROP));
        assertThat(shop.tools.asked.getLast()).contains("terminate_idle_connections", "41822");
        assertThat(shop.desk.runs).as("nothing ran").hasValue(0);
        var again = shop.ask.kept.exchanges(thread.conversationProperty().get(), 9).getFirst();
        assertThat(again.filed()).as("remembered").containsEntry(0, SamplePlans.DROP);

        thread.followUp().file(last(), 1);
        assertThat(last().filed()).hasSize(1);
        assertThat(thread.noticeProperty().get())
                .as("a tool that filed nothing says why")
                .isNotNull();
        thread.followUp().file(last(), 2);
        assertThat(shop.tools.asked).as("a screen is no plan").hasSize(2);
    }

    @Test
    void aConversationOfAnotherServerIsContinuedThereAndItsScreensAreOfThatServer() {
        open(Runnable::run);
        session.lookAt(FakeShop.STAGING);
        thread.fresh();
        thread.ask(SampleAnswers.WHY_SLOW);
        draw();
        var conversation = thread.conversationProperty().get();
        session.lookAt(FakeShop.PRODUCTION);
        thread.fresh();
        assertThat(thread.turns()).isEmpty();
        thread.open(conversation);
        draw();
        assertThat(thread.targetProperty().get()).isEqualTo(FakeShop.STAGING);
        thread.ask(WORSE);
        draw();
        assertThat(shop.ask.asked.getLast().target()).isEqualTo(FakeShop.STAGING);
        thread.goTo(Destination.vacuum());
        assertThat(session.target()).isEqualTo(FakeShop.STAGING);
    }

    @Test
    void anAnswerIsPinnedAndUnpinned() {
        open(Runnable::run);
        thread.ask(SampleAnswers.WHY_SLOW);
        var alert = new Item(ItemKind.ALERT, "a-1");
        thread.followUp().pin(last(), alert);
        thread.followUp().pin(last(), alert);
        assertThat(last().pins())
                .singleElement()
                .satisfies(p -> assertThat(p.by()).isEqualTo("mira"));
        thread.again(last());
        assertThat(last().pins()).as("it stays when asked again").hasSize(1);
        thread.followUp().unpin(last(), alert);
        assertThat(last().pins()).isEmpty();
    }

    @Test
    void aConversationRemovedIsNoLongerShown() {
        open(Runnable::run);
        thread.ask(SampleAnswers.WHY_SLOW);
        draw();
        thread.delete(thread.conversationProperty().get());
        draw();
        assertThat(thread.turns()).isEmpty();
        assertThat(shop.ask.kept.count("mira")).isZero();
        thread.step(1);
        assertThat(thread.selectedProperty().get()).isNull();
    }
}
