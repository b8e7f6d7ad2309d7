package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/// Two executors that run when the test says so show the races a quick machine hides.
final class ScreenModelTest {
    private final FakeShop shop = new FakeShop();
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final ArrayDeque<Runnable> screen = new ArrayDeque<>();
    private boolean closed;
    private final ConsoleSession session =
            new ConsoleSession(
                    shop.services(this::later, Path.of("unused")),
                    FakeShop.PRODUCTION,
                    screen::add);
    private final List<String> lookedUp = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Probe model = new Probe();

    private void later(Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the console is closing");
        }
        background.add(work);
    }

    private final class Probe extends ScreenModel<String> {
        Probe() {
            super(ScreenModelTest.this.session);
        }

        @Override
        protected String read(TargetId target) {
            return "figures of " + target.branch();
        }

        @Override
        protected boolean isEmpty(String picture) {
            return false;
        }

        @Override
        protected boolean concerns(OpsEvent event) {
            return false;
        }

        void command(Runnable command) {
            inBackground(command, () -> ended.add("ended"));
        }

        void evidence() {
            lookUp(target -> "evidence of " + target.branch(), lookedUp::add);
        }
    }

    private void all() {
        while (!background.isEmpty() || !screen.isEmpty()) {
            (background.isEmpty() ? screen : background).remove().run();
        }
    }

    @Test
    void figures_of_the_server_looked_at_before_never_appear_under_the_new_name() {
        model.activate();
        all();
        assertThat(model.dataProperty().get()).isEqualTo("figures of production");
        model.refresh();
        background.remove().run(); // production was read; its result waits for the screen
        session.lookAt(FakeShop.STAGING);
        assertThat(model.dataProperty().get()).isNull();
        while (!screen.isEmpty()) {
            screen.remove().run();
        }
        assertThat(model.dataProperty().get()).as("the late result is dropped").isNull();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.LOADING);
        all();
        assertThat(model.dataProperty().get()).isEqualTo("figures of staging");
    }

    @Test
    void a_screen_that_comes_back_shows_nothing_of_the_server_left_meanwhile() {
        model.activate();
        all();
        model.deactivate();
        session.lookAt(FakeShop.STAGING);
        model.activate();
        assertThat(model.dataProperty().get()).isNull();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.LOADING);
        all();
        assertThat(model.dataProperty().get()).isEqualTo("figures of staging");
        model.deactivate();
        model.activate();
        assertThat(model.dataProperty().get()).as("the same server").isNotNull();
    }

    @Test
    void trying_again_also_allows_the_login_that_was_refused() {
        model.activate();
        all();
        model.refresh();
        all();
        assertThat(shop.servers.triedAgain).as("a refresh asks for no new login").isEmpty();
        session.lookAt(FakeShop.STAGING);
        model.tryAgain();
        all();
        assertThat(shop.servers.triedAgain).containsExactly(FakeShop.STAGING);
        assertThat(model.dataProperty().get()).isEqualTo("figures of staging");
    }

    @Test
    void evidence_looked_up_for_another_server_is_not_shown() {
        model.evidence();
        session.lookAt(FakeShop.STAGING);
        all();
        assertThat(lookedUp).isEmpty();
        assertThat(model.workingProperty().get()).isFalse();
        model.evidence();
        all();
        assertThat(lookedUp).containsExactly("evidence of staging");
    }

    @Test
    void whatever_a_command_throws_its_working_ends_and_the_failure_stays_until_dismissed() {
        model.activate();
        all();
        var failures =
                List.<Runnable>of(
                        () -> {
                            throw new OpsException(
                                    OpsException.Kind.DENIED, "Drop it", "not the owner", "ask");
                        },
                        () -> {
                            throw new IllegalStateException("the head was moved");
                        },
                        () -> {
                            throw new StackOverflowError();
                        },
                        () -> {
                            throw new AssertionError("impossible");
                        });
        var said =
                List.of(
                        "Drop it: not the owner — ask",
                        "the head was moved (IllegalStateException)",
                        "StackOverflowError",
                        "impossible (AssertionError)");
        for (int i = 0; i < failures.size(); i++) {
            model.command(failures.get(i));
            assertThat(model.workingProperty().get()).isTrue();
            all();
            assertThat(model.workingProperty().get()).isFalse();
            assertThat(ended).hasSize(i + 1);
            assertThat(model.noticeProperty().get())
                    .extracting(Notice::text)
                    .isEqualTo(said.get(i));
            model.refresh();
            all();
            assertThat(model.noticeProperty().get()).as("a good read does not hide it").isNotNull();
            assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        }
        model.dismissNotice();
        assertThat(model.noticeProperty().get()).isNull();
    }

    @Test
    void a_command_nobody_takes_ends_as_well() {
        closed = true;
        model.command(() -> {});
        assertThat(model.workingProperty().get()).isFalse();
        assertThat(ended).hasSize(1);
        assertThat(model.noticeProperty().get())
                .extracting(Notice::text)
                .asString()
                .startsWith("the console is closing");
    }
}
