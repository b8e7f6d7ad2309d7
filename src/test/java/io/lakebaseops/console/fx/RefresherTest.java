package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

final class RefresherTest {
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Integer> shown = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Refresher<Integer> refresher =
            new Refresher<>(
                    background::add,
                    Runnable::run,
                    () -> {
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
}
