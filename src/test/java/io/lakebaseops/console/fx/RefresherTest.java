package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

final class RefresherTest {
    /// What waits for its turn comes from another thread.
    private final ConcurrentLinkedDeque<Runnable> background = new ConcurrentLinkedDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Integer> shown = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private String wanted = "orders";
    private final Refresher<String, Integer> refresher =
            new Refresher<>(
                    background::add,
                    Runnable::run,
                    () -> wanted,
                    _ -> {
                        int n = reads.incrementAndGet();
                        if (n == 3) {
                            throw new IllegalStateException("third");
                        }
                        return n;
                    },
                    shown::add,
                    e -> failures.add(e.getMessage()));

    @Test
    void a_burst_of_requests_reads_once_now_and_once_after() {
        refresher.request();
        refresher.request();
        refresher.request();
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(background).as("the burst is one more read").hasSize(1);
        background.remove().run();
        assertThat(background).isEmpty();
        assertThat(shown).containsExactly(1, 2);
    }

    @Test
    void a_few_events_are_followed_at_once_and_a_stream_of_them_at_its_pace() {
        for (int i = 0; i < 8; i++) {
            refresher.follow();
            assertThat(background).as("event %d", i + 1).hasSize(1);
            background.remove().run();
        }
        for (int i = 0; i < 1_000; i++) {
            refresher.follow();
        }
        // On a machine that stood still for half a second meanwhile, one more is due.
        assertThat(background.size()).isLessThanOrEqualTo(1);
        assertThat(reads.get()).isEqualTo(8);
    }

    @Test
    void what_events_wait_for_comes_at_its_turn() {
        var read = new LinkedBlockingQueue<Integer>();
        var followed =
                new Refresher<String, Integer>(
                        Runnable::run,
                        Runnable::run,
                        () -> wanted,
                        _ -> reads.incrementAndGet(),
                        read::add,
                        e -> failures.add(e.getMessage()));
        for (int i = 0; i < 20; i++) {
            followed.follow();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> reads.get() > 8);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_person_does_not_wait_for_the_turn_of_events() {
        for (int i = 0; i < 20; i++) {
            refresher.follow();
            if (!background.isEmpty()) {
                background.remove().run();
            }
        }
        int before = reads.get();
        refresher.request();
        while (!background.isEmpty()) {
            background.remove().run();
        }
        assertThat(reads.get()).isGreaterThan(before);
    }

    @Test
    void an_event_during_a_read_is_read_for_once_more() {
        refresher.follow();
        refresher.follow();
        refresher.follow();
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(background).isEmpty();
    }

    @Test
    void a_failed_read_is_told_and_the_next_one_works() {
        for (int i = 0; i < 4; i++) {
            refresher.request();
            background.remove().run();
        }
        assertThat(failures).containsExactly("third");
        assertThat(shown).containsExactly(1, 2, 4);
    }

    @Test
    void after_closing_nothing_is_shown_even_if_it_was_being_read() {
        refresher.request();
        refresher.close();
        background.remove().run();
        refresher.request();
        assertThat(shown).isEmpty();
        assertThat(background).isEmpty();
    }

    @Test
    void what_was_read_for_another_server_is_dropped_also_when_it_failed() {
        refresher.request();
        var late = background.remove();
        // The answer is on its way when somebody looks elsewhere.
        var screen = new ArrayDeque<Runnable>();
        var slow =
                new Refresher<String, String>(
                        Runnable::run,
                        screen::add,
                        () -> wanted,
                        server -> {
                            if (server.equals("broken")) {
                                throw new IllegalStateException(server);
                            }
                            return "figures of " + server;
                        },
                        s -> failures.add("shown: " + s),
                        e -> failures.add("failed: " + e.getMessage()));
        slow.request();
        wanted = "broken";
        slow.request();
        screen.remove().run();
        assertThat(failures).isEmpty();
        wanted = "stock";
        slow.request();
        screen.remove().run();
        assertThat(failures).isEmpty();
        screen.remove().run();
        assertThat(failures).containsExactly("shown: figures of stock");
        late.run();
        assertThat(shown).as("stamped when the read begins, not when it was asked for").hasSize(1);
    }

    @Test
    void an_error_is_told_like_any_failure() {
        var broken =
                new Refresher<String, String>(
                        Runnable::run,
                        Runnable::run,
                        () -> wanted,
                        _ -> {
                            throw new StackOverflowError("deep");
                        },
                        _ -> {},
                        e -> failures.add(e.getMessage()));
        broken.request();
        broken.request();
        assertThat(failures).containsExactly("deep", "deep");
    }

    @Test
    void what_cannot_be_shown_is_told_and_the_next_read_comes() {
        var picky =
                new Refresher<String, Integer>(
                        Runnable::run,
                        Runnable::run,
                        () -> wanted,
                        _ -> reads.incrementAndGet(),
                        n -> {
                            if (n == 1) {
                                throw new IllegalStateException("no such column");
                            }
                            shown.add(n);
                        },
                        e -> failures.add(e.getMessage()));
        picky.request();
        picky.request();
        assertThat(failures).containsExactly("no such column");
        assertThat(shown).containsExactly(2);
    }
}
