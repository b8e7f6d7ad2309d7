package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

class DatabaseClockPgTest {
    private final StateDb db = StateDatabases.open("clock");
    private final AtomicLong nanos = new AtomicLong();
    private final WrongClock local = new WrongClock();
    private final DatabaseClock clock = new DatabaseClock(db, local, nanos::get);

    private static final class WrongClock extends Clock {
        Instant now = Instant.now().plus(Duration.ofDays(3));

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        local.now = local.now.plus(time);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aWrongClockOfTheMachineDoesNotCount() {
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(2, ChronoUnit.MINUTES));
    }

    @Test
    void itIsCountedOnWithoutAskingForAMinute() {
        var before = clock.instant();
        pass(Duration.ofSeconds(50));
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(50));
    }

    @Test
    void itIsAskedAnewAfterAMinuteAndWhenTheMachineSlept() {
        var before = clock.instant();
        pass(Duration.ofHours(5));
        assertThat(clock.instant()).isBetween(before, Instant.now().plusSeconds(60));
        local.now = local.now.plus(Duration.ofHours(8));
        assertThat(clock.instant()).isBetween(before, Instant.now().plusSeconds(60));
        local.now = local.now.minus(Duration.ofDays(400));
        assertThat(clock.instant()).isBetween(before, Instant.now().plusSeconds(60));
    }

    @Test
    void withoutTheDatabaseItCountsOnFromWhatItKnows() {
        var before = clock.instant();
        db.close();
        pass(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofMinutes(5)));
    }
}
