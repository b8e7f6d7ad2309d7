package io.lakebaseops.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.MonthEnd;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.cost.CostViewModel.Range;
import io.lakebaseops.console.parts.Role;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;

/// What the cost screen says and plans, with background work done when the test says so.
final class CostViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ConsoleServices services = shop.services(background::add, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final CostViewModel model =
            new CostViewModel(
                    session, services.health().cost(), services.framework(), services.desk());

    private void work() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private CostSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    private CostViewModel.Selected open() {
        return Objects.requireNonNull(model.selectedProperty().get());
    }

    @Test
    void the_month_ends_at_a_sum_with_its_cause_and_the_cause_is_open() {
        model.activate();
        work();
        var said = CostVerdict.of(picture());
        assertThat(said.role()).isEqualTo(Role.WARNING);
        assertThat(said.sentence())
                .startsWith("November will end at $")
                .contains("; qa-release-4-2 cost $91.70 more than usual and suspends after 12 h");
        assertThat(open().branch()).isEqualTo("qa-release-4-2");
        assertThat(Objects.requireNonNull(open().roles()).parts()).isNotEmpty();
        assertThat(Objects.requireNonNull(open().applications()).parts()).isNotEmpty();
    }

    @Test
    void every_split_sums_to_the_same_bill() {
        model.activate();
        work();
        var bill = picture().branches().total();
        for (var by : Costs.By.values()) {
            model.by(by);
            work();
            assertThat(picture().by()).isEqualTo(by);
            assertThat(picture().shown().total()).as(by.name()).isEqualByComparingTo(bill);
            var cents =
                    Money.cents(
                            PartColors.of(picture().shown()).stream()
                                    .map(x -> x.part().cost())
                                    .toList());
            assertThat(cents.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(bill.setScale(2, java.math.RoundingMode.HALF_UP));
        }
    }

    @Test
    void what_comes_late_for_another_branch_is_not_shown() {
        model.activate();
        work();
        model.select("dev-anna");
        var late = List.copyOf(background);
        background.clear();
        model.select("staging");
        late.forEach(Runnable::run);
        assertThat(open().branch()).isEqualTo("staging");
        assertThat(open().roles()).as("not dev-anna's").isNull();
        work();
        assertThat(open().roles()).isNotNull();
    }

    @Test
    void the_chosen_point_is_planned_filed_and_shown_among_the_approvals() {
        model.activate();
        work();
        var advice = picture().advice("qa-release-4-2").orElseThrow();
        var point = advice.curve().get(3);
        model.choose(point);
        assertThat(open().point()).isEqualTo(point);
        model.file(advice, point);
        work();
        assertThat(shop.cost.planned).isEqualTo(point);
        var shown = session.destinationProperty().get();
        assertThat(shown.screen()).isEqualTo(Destination.APPROVALS);
        assertThat(shown.item()).isNotNull();
    }

    @Test
    void a_plain_server_has_no_bill_and_keeps_its_capacity() {
        shop.cost.billed = false;
        model.activate();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        assertThat(CostVerdict.of(picture()).sentence()).contains("no bill");
        assertThat(picture().capacity()).hasSize(3);
    }

    @Test
    void without_usage_the_screen_is_empty_and_the_bill_can_be_read_now() {
        shop.cost.recorded = false;
        model.activate();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
        assertThat(CostVerdict.of(picture()).sentence()).isEqualTo("No usage is recorded yet.");
        model.track();
        work();
        assertThat(shop.tools.asked).anyMatch(a -> a.startsWith(CostViewModel.TRACK));
    }

    @Test
    void a_longer_range_is_read_again() {
        model.activate();
        work();
        model.range(Range.DAYS_90);
        work();
        assertThat(picture().shown().from()).isEqualTo(LocalDate.of(2026, 8, 25));
    }

    @Test
    void the_month_end_is_what_is_billed_and_the_usual_for_each_day_to_come() {
        var days = new TreeMap<LocalDate, BigDecimal>();
        for (var day = LocalDate.of(2026, 10, 20);
                !day.isAfter(LocalDate.of(2026, 11, 20));
                day = day.plusDays(1)) {
            days.put(day, BigDecimal.valueOf(day.getDayOfWeek().getValue() > 5 ? 4 : 10));
        }
        var end = MonthEnd.of(days, LocalDate.of(2026, 11, 20)).orElseThrow();
        // 21 working days and 9 of weekends in November 2026.
        assertThat(end.expected()).isEqualTo(21 * 10 + 9 * 4);
        assertThat(end.plusMinus()).isZero();
        assertThat(
                        MonthEnd.of(
                                days.headMap(LocalDate.of(2026, 10, 24)),
                                LocalDate.of(2026, 10, 23)))
                .isEmpty();
    }
}
