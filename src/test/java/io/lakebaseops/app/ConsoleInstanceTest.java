package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

final class ConsoleInstanceTest {
    @TempDir private Path home;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger raised = new AtomicInteger();

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void a_second_start_raises_the_first_window_and_a_start_after_its_end_is_first_again()
            throws Exception {
        try (var first = ConsoleInstance.first(home, threads).orElseThrow()) {
            first.onRaise(raised::incrementAndGet);
            assertThat(ConsoleInstance.first(home, threads)).isEmpty();
            assertThat(ConsoleInstance.raiseOther(home)).isTrue();
            assertThat(raised).hasValue(1);
        }
        assertThat(ConsoleInstance.raiseOther(home)).as("nobody is there").isFalse();
        try (var again = ConsoleInstance.first(home, threads).orElseThrow()) {
            assertThat(ConsoleInstance.raiseOther(home)).as("no window yet").isFalse();
        }
    }

    @Test
    void who_does_not_know_the_password_raises_nothing() throws Exception {
        try (var first = ConsoleInstance.first(home, threads).orElseThrow()) {
            first.onRaise(raised::incrementAndGet);
            var address = home.resolve("console.address");
            var port = Files.readString(address).split(" ")[0];
            Files.writeString(address, port + " guessed");
            assertThat(ConsoleInstance.raiseOther(home)).isFalse();
            assertThat(raised).hasValue(0);
        }
    }
}
