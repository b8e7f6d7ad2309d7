package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

final class FileInUseTest {
    private final AtomicInteger tries = new AtomicInteger();

    private FileInUse.Work failing(int times, IOException failure) {
        return () -> {
            if (tries.incrementAndGet() <= times) {
                throw failure;
            }
        };
    }

    @Test
    void windows_is_asked_again_while_a_file_is_in_use() throws Exception {
        FileInUse.outwait(
                OperatingSystem.WINDOWS,
                Duration.ofMinutes(5),
                failing(2, new AccessDeniedException("f")));
        assertThat(tries).hasValue(3);
    }

    @Test
    void what_time_does_not_mend_fails_at_once() {
        assertThatThrownBy(
                        () ->
                                FileInUse.outwait(
                                        OperatingSystem.WINDOWS,
                                        Duration.ofMinutes(5),
                                        failing(9, new NoSuchFileException("f"))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(
                        () ->
                                FileInUse.outwait(
                                        OperatingSystem.LINUX,
                                        Duration.ofMinutes(5),
                                        failing(9, new AccessDeniedException("f"))))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void one_that_stays_in_use_is_reported() {
        assertThatThrownBy(
                        () ->
                                FileInUse.outwait(
                                        OperatingSystem.WINDOWS,
                                        Duration.ZERO,
                                        failing(Integer.MAX_VALUE, new AccessDeniedException("f"))))
                .isInstanceOf(AccessDeniedException.class);
    }
}
