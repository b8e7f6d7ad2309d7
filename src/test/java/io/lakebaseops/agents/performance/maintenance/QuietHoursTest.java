package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.lakehouse.history.WaitLoad;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/// Weeks of activity, and the hours called quiet.
final class QuietHoursTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-27");

    @Test
    void theQuietestHoursInARowOfEachWeekdayAreItsWindow() {
        var quiet = QuietHours.of(SampleVacuum.weeks(DAY, 28));

        assertThat(quiet.known()).isTrue();
        assertThat(quiet.at(DayOfWeek.MONDAY, 4).window()).isTrue();
        assertThat(quiet.at(DayOfWeek.MONDAY, 14).window()).isFalse();
        assertThat(quiet.at(DayOfWeek.MONDAY, 14).days()).isEqualTo(4);
        // Friday 14:02 UTC: the next one is on Saturday.
        var now = Instant.parse("2026-11-27T14:02:00Z");
        var next = Objects.requireNonNull(quiet.window(now));
        assertThat(quiet.quiet(now)).isFalse();
        assertThat(next.from())
                .isBetween(
                        Instant.parse("2026-11-28T03:00:00Z"),
                        Instant.parse("2026-11-28T04:00:00Z"));
        assertThat(quiet.quiet(next.from())).isTrue();
        assertThat(quiet.quiet(next.until())).isFalse();
        assertThat(next.words()).startsWith("Sat 0").endsWith(" UTC");
    }

    @Test
    void withinTheWindowItIsNow() {
        var quiet = QuietHours.of(SampleVacuum.weeks(DAY, 28));
        var at = Instant.parse("2026-11-27T04:20:00Z");

        assertThat(Objects.requireNonNull(quiet.window(at)).from()).isEqualTo(at);
    }

    @Test
    void aFewDaysAreTakenForEveryWeekdayAndTwoAreTooFew() {
        var few = QuietHours.of(SampleVacuum.weeks(DAY, 3));
        assertThat(few.at(DayOfWeek.SUNDAY, 4).days()).as("no Sunday was seen").isZero();
        assertThat(few.at(DayOfWeek.SUNDAY, 4).window()).isTrue();

        assertThat(QuietHours.of(SampleVacuum.weeks(DAY, 2)).known()).isFalse();
        var weeks = SampleVacuum.weeks(DAY, 28);
        var holes =
                new WaitLoad(
                        weeks.range(),
                        weeks.slices().stream()
                                .filter(s -> s.from().atZone(ZoneOffset.UTC).getHour() != 9)
                                .toList());
        assertThat(QuietHours.of(holes).known()).as("an hour nobody watched").isFalse();
        assertThat(QuietHours.of(holes).window(Instant.EPOCH)).isNull();
    }
}
