package io.lakebaseops.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.approval.PlanQueue.Who;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;

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
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final ApprovalsViewModel model =
            new ApprovalsViewModel(session, services.desk(), services.queue(), services.audit());

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
        model.look(SamplePlans.CREATE);
    }

    private FiledPlan shown() {
        return Objects.requireNonNull(model.shownProperty().get());
    }

    @Test
    void the_riskiest_plan_is_listed_first_and_the_one_looked_at_may_be_approved() {
        assertThat(
                        Objects.requireNonNull(model.dataProperty().get())
                                .waiting()
                                .getFirst()
                                .newest()
                                .id())
                .isEqualTo(SamplePlans.FULL);
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
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.INCOMPLETE);
        model.typedNameProperty().set("event");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.INCOMPLETE);
        model.typedNameProperty().set("events");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.INCOMPLETE);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
        model.actReasonProperty().set("agreed with the team");
        model.approve();
        assertThat(shop.desk.runs).hasValue(1);
        assertThat(shop.desk.typedName).isEqualTo("events");
        assertThat(shop.desk.reason).isEqualTo("agreed with the team");
    }

    @Test
    void what_was_typed_for_one_plan_does_not_count_for_another() {
        model.look(SamplePlans.FULL);
        model.typedNameProperty().set("events");
        model.actReasonProperty().set("why");
        model.look(SamplePlans.DROP);
        model.look(SamplePlans.FULL);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.INCOMPLETE);
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
        model.keepReasonProperty().set("needed on Fridays");
        model.reject();
        assertThat(shop.plan(SamplePlans.CREATE).state()).isEqualTo(FiledPlan.State.REJECTED);
        assertThat(shop.plan(SamplePlans.CREATE).reason()).isEqualTo("needed on Fridays");
    }

    @Test
    void an_undo_is_a_plan_of_its_own_that_is_read_and_decided() {
        var done = shown();
        model.approve();
        hold = true;
        model.undo();
        model.undo();
        letGo();
        assertThat(shop.desk.runs).as("nothing ran but the first plan").hasValue(1);
        assertThat(shown().plan().undoOf()).isEqualTo(done.id());
        assertThat(shown().state()).isEqualTo(FiledPlan.State.WAITING);
        model.approve();
        assertThat(shop.plan(done.id()).state()).isEqualTo(FiledPlan.State.UNDONE);
        assertThat(model.undoable()).isFalse();
    }

    @Test
    void someone_elses_decision_closes_the_gate() {
        shop.desk.become(shown(), FiledPlan.State.REJECTED, "otto", "not now", null);
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.DECIDED);
        model.approve();
        assertThat(shop.desk.runs).hasValue(0);
    }

    @Test
    void a_reason_to_keep_never_serves_as_a_reason_to_do_it() {
        model.look(SamplePlans.FULL);
        model.typedNameProperty().set("events");
        model.keepReasonProperty().set("keep it please");
        assertThat(model.gateProperty().get()).isEqualTo(ApprovalState.INCOMPLETE);
        model.look(SamplePlans.DROP);
        model.keepReasonProperty().set("keep it please");
        model.approve();
        assertThat(shop.desk.reason).isNull();
    }

    @Test
    void what_is_missing_is_said_in_the_words_of_the_gate() {
        model.look(SamplePlans.FULL);
        assertThat(model.missingProperty().get())
                .isEqualTo("high risk needs the name typed exactly: shop.events");
        model.typedNameProperty().set("events");
        assertThat(model.missingProperty().get()).isEqualTo("high risk needs a reason");
        model.actReasonProperty().set("agreed");
        assertThat(model.missingProperty().get()).isEmpty();
    }

    @Test
    void an_error_of_the_desk_ends_working_and_is_said() {
        shop.desk.duringRun =
                () -> {
                    throw new AssertionError("the head was moved");
                };
        model.approve();
        assertThat(model.gateProperty().get()).isNotEqualTo(ApprovalState.OPEN);
        assertThat(model.workingProperty().get()).isFalse();
        assertThat(Objects.requireNonNull(model.noticeProperty().get()).text())
                .contains("the head was moved");
    }

    @Test
    void a_plan_filed_by_another_console_appears_when_the_queue_was_found_changed() {
        var other = SamplePlans.otherStatement(shop.plan(SamplePlans.CREATE));
        shop.desk.plans.remove(SamplePlans.CREATE);
        model.refresh();
        int before = Objects.requireNonNull(model.dataProperty().get()).waiting().size();
        shop.desk.putElsewhere(other);
        session.plansAreAt(shop.desk.version());
        assertThat(Objects.requireNonNull(model.dataProperty().get()).waiting())
                .hasSize(before + 1);
    }

    @Test
    void this_server_lists_only_its_own_plans_and_a_plan_of_another_is_marked() {
        session.lookAt(FakeShop.STAGING);
        assertThat(model.elsewhere(shown())).isTrue();
        model.list(PlanListing.first(true, Who.ALL));
        var picture = Objects.requireNonNull(model.dataProperty().get());
        assertThat(picture.waiting()).isEmpty();
        assertThat(picture.waits(FakeShop.PRODUCTION)).isEqualTo(3);
        session.lookAt(FakeShop.PRODUCTION);
        assertThat(Objects.requireNonNull(model.dataProperty().get()).waiting()).hasSize(3);
        assertThat(model.elsewhere(shown())).isFalse();
    }

    @Test
    void the_whole_chain_is_not_verified_with_each_event() {
        int before = shop.verified.get();
        for (int i = 0; i < 50; i++) {
            shop.desk.become(shown(), FiledPlan.State.WAITING, "otto", null, null);
        }
        assertThat(shop.verified).hasValue(before);
        model.verifyChain();
        assertThat(shop.verified).hasValue(before + 1);
    }

    @Test
    void refusals_that_hold_are_listed_with_reason_and_date_and_can_be_taken_up_again() {
        shop.desk.held.add(
                new HeldBack(
                        "Drop index orders_status_idx on shop.orders",
                        FakeShop.PRODUCTION.key(),
                        SamplePlans.DROP,
                        null,
                        "anna",
                        FakeShop.NOW.minusSeconds(3600),
                        "needed by the import",
                        FakeShop.NOW.plusSeconds(86_400 * 7L)));
        model.list(model.listing().who(null));
        var rows =
                new DecidedRows(session, model)
                        .of(Objects.requireNonNull(model.dataProperty().get()));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().sub()).matches("anna, until .*: needed by the import");
        rows.getFirst().acts().getFirst().run().run();
        assertThat(shop.desk.held).isEmpty();
        assertThat(
                        new DecidedRows(session, model)
                                .of(Objects.requireNonNull(model.dataProperty().get())))
                .isEmpty();
    }
}
