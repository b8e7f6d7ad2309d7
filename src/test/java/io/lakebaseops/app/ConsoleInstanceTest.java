package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

final class ConsoleInstanceTest {
    @TempDir private Path home;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger raised = new AtomicInteger();

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void a_second_start_raises_the_first_window_and_a_start_after_its_end_is_first_again()
            throws Exception {
        try (var first = ConsoleInstance.first(home, threads).orElseThrow()) {
            first.onRaise(link -> shown(link));
            assertThat(ConsoleInstance.first(home, threads)).isEmpty();
            assertThat(ConsoleInstance.raiseOther(home, null)).isTrue();
            assertThat(raised).hasValue(1);
        }
        assertThat(ConsoleInstance.raiseOther(home, null)).as("nobody is there").isFalse();
        try (var again = ConsoleInstance.first(home, threads).orElseThrow()) {
            assertThat(ConsoleInstance.raiseOther(home, null)).as("no window yet").isFalse();
        }
    }

    private void shown(@Nullable String link) {
        raised.incrementAndGet();
        if (link != null) {
            links.add(link);
        }
    }

    @Test
    void a_second_start_hands_its_link_to_the_first_window() throws Exception {
        var link = "lakebaseops://cloud/shop/main/overview/finding/a%20b";
        try (var first = ConsoleInstance.first(home, threads).orElseThrow()) {
            first.onRaise(this::shown);
            assertThat(ConsoleInstance.raiseOther(home, link)).isTrue();
            assertThat(ConsoleInstance.raiseOther(home, null)).isTrue();
            assertThat(links).containsExactly(link);
            var port = Files.readString(home.resolve("console.address")).split(" ")[0];
            Files.writeString(home.resolve("console.address"), port + " guessed");
            assertThat(ConsoleInstance.raiseOther(home, link)).as("not our user").isFalse();
            assertThat(links).hasSize(1);
        }
    }

    @Test
    void who_does_not_know_the_password_raises_nothing() throws Exception {
        try (var first = ConsoleInstance.first(home, threads).orElseThrow()) {
            first.onRaise(link -> shown(link));
            var address = home.resolve("console.address");
            var port = Files.readString(address).split(" ")[0];
            Files.writeString(address, port + " guessed");
            assertThat(ConsoleInstance.raiseOther(home, null)).isFalse();
            assertThat(raised).hasValue(0);
        }
    }
}
