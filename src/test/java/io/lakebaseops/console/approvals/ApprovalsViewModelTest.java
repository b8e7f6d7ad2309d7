package io.lakebaseops.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.domain.plan.FiledPlan;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;

final class ApprovalsViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private boolean hold;
    private final ConsoleServices services = shop.services(this::background, Path.of("unused"));
    private final ApprovalsViewModel model =
            new ApprovalsViewModel(
                    new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run),
                    services.desk(),
                    services.audit());

    private void background(Runnable work) {
        if (hold) {
            later.add(work);
        } else {
            work.run();
        }
    }

    private void letGo() {
        hold = false;
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @BeforeEach
    void open() {
        model.activate();
    }

    private FiledPlan shown() {
        return Objects.requireNonNull(model.shownProperty().get());
    }

    @Test
    void the_first_waiting_plan_is_shown_and_may_be_approved() {
        assertThat(shown().id()).isEqualTo(SamplePlans.CREATE);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.OPEN);
    }

    @Test
    void approving_twice_runs_once() {
        hold = true;
        model.approve();
        model.approve();
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.WORKING);
        letGo();
        assertThat(shop.desk.runs).hasValue(1);
        assertThat(shown().state()).isEqualTo(FiledPlan.State.DONE);
        assertThat(model.undoable()).isTrue();
    }

    @Test
    void high_risk_needs_the_name_and_a_reason() {
        model.look(SamplePlans.FULL);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.NAME_MISSING);
        model.typedNameProperty().set("event");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.NAME_MISSING);
        model.typedNameProperty().set("events");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.REASON_MISSING);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
        model.reasonProperty().set("agreed with the team");
        model.approve();
        assertThat(shop.desk.runs).hasValue(1);
        assertThat(shop.desk.typedName).isEqualTo("events");
        assertThat(shop.desk.reason).isEqualTo("agreed with the team");
    }

    @Test
    void what_was_typed_for_one_plan_does_not_count_for_another() {
        model.look(SamplePlans.FULL);
        model.typedNameProperty().set("events");
        model.reasonProperty().set("why");
        model.look(SamplePlans.DROP);
        model.look(SamplePlans.FULL);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.NAME_MISSING);
    }

    @Test
    void a_plan_that_changed_since_it_was_shown_is_not_run() {
        var seen = shown();
        shop.desk.put(SamplePlans.otherStatement(seen));
        model.refresh();
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.CHANGED);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
        assertThat(shown()).as("what was read stays on the screen").isEqualTo(seen);
        model.showAgain();
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.OPEN);
        assertThat(shown().fingerprint()).isNotEqualTo(seen.fingerprint());
    }

    @Test
    void a_plan_expires_while_one_reads_it() {
        shop.clock.forward(Duration.ofHours(6));
        model.judge();
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.EXPIRED);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
    }

    @Test
    void a_refusal_by_the_desk_is_shown_in_its_words() {
        shop.desk.declineWith = "the index was used again since 09:00";
        model.approve();
        assertThat(Objects.requireNonNull(model.answerProperty().get()).text())
                .isEqualTo("Nothing ran: the index was used again since 09:00");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.OPEN);
    }

    @Test
    void keeping_it_as_it_is_needs_a_reason() {
        model.reject();
        assertThat(shown().state()).isEqualTo(FiledPlan.State.WAITING);
        model.reasonProperty().set("needed on Fridays");
        model.reject();
        assertThat(shop.plan(SamplePlans.CREATE).state()).isEqualTo(FiledPlan.State.REJECTED);
        assertThat(shop.plan(SamplePlans.CREATE).reason()).isEqualTo("needed on Fridays");
    }

    @Test
    void a_done_plan_can_be_undone_once() {
        model.approve();
        hold = true;
        model.undo();
        model.undo();
        letGo();
        assertThat(shop.desk.runs).as("one run and one undo").hasValue(2);
        assertThat(shown().state()).isEqualTo(FiledPlan.State.UNDONE);
        assertThat(model.undoable()).isFalse();
    }

    @Test
    void someone_elses_decision_closes_the_gate() {
        shop.desk.become(shown(), FiledPlan.State.REJECTED, "otto", "not now", null);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.DECIDED);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
    }
}
