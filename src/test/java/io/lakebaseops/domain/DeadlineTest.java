package io.lakebaseops.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/// A pause ends when its time is over, and at once for whoever cancels, interrupts or has no time.
@Timeout(60)
final class DeadlineTest {
    private static final Duration LONG = Duration.ofHours(1);

    @AfterEach
    void uninterrupted() {
        Thread.interrupted();
    }

    private static OpsException.Kind ended(Deadline deadline) {
        return catchThrowableOfType(
                        OpsException.class, () -> deadline.pause("Waiting for a row", LONG))
                .kind();
    }

    @Test
    void aPauseIsShortWhereTimeIs() {
        Deadline.in(LONG).pause("Waiting for a row", Duration.ofMillis(1));
        assertThat(ended(Deadline.in(Duration.ZERO))).isEqualTo(OpsException.Kind.TIMEOUT);
    }

    @Test
    void whoCancelsEndsThePause() throws InterruptedException {
        var deadline = Deadline.in(LONG);
        var canceller = Thread.ofVirtual().start(deadline::cancel);
        assertThat(ended(deadline)).isEqualTo(OpsException.Kind.CANCELLED);
        canceller.join();
        assertThat(ended(deadline)).as("cancelled before").isEqualTo(OpsException.Kind.CANCELLED);
    }

    @Test
    void anInterruptEndsItAndStays() {
        Thread.currentThread().interrupt();
        assertThat(ended(Deadline.in(LONG))).isEqualTo(OpsException.Kind.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
