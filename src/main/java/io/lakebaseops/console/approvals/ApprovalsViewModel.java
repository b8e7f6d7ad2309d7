package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OpsEvent;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Supplier;

/// The queue of plans, the one looked at, and what a person may do with it. A plan is approved only
/// with the fingerprint that was on the screen, and once however often one clicks.
public final class ApprovalsViewModel extends ScreenModel<ApprovalsSnapshot> {
    private static final int HISTORY = 500;

    private final ApprovalDesk desk;
    private final AuditLog audit;
    private final ReadOnlyObjectWrapper<@Nullable FiledPlan> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ApprovalState> gate =
            new ReadOnlyObjectWrapper<>(ApprovalState.DECIDED);
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>();
    private final StringProperty typedName = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    // Written on the screen's thread, read by the background.
    private volatile @Nullable UUID selected;
    private @Nullable UUID working;

    public ApprovalsViewModel(ConsoleSession session, ApprovalDesk desk, AuditLog audit) {
        super(session);
        this.desk = desk;
        this.audit = audit;
        typedName.addListener((_, _, _) -> judge());
        reason.addListener((_, _, _) -> judge());
    }

    /// What came of the last decision, when it is not to be read off the plan itself.
    record Answer(Role role, String text) {}

    @Override
    protected ApprovalsSnapshot read(TargetId target) {
        var id = selected;
        return new ApprovalsSnapshot(
                desk.waiting(),
                desk.history(HISTORY),
                id == null ? null : desk.find(id).orElse(null),
                audit.verify());
    }

    @Override
    protected boolean isEmpty(ApprovalsSnapshot picture) {
        return picture.waiting().isEmpty() && picture.history().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event instanceof OpsEvent.PlanChanged;
    }

    @Override
    protected void shown(ApprovalsSnapshot picture) {
        var id = selected;
        var now = id == null ? null : picture.find(id).orElse(null);
        if (now == null) {
            var first =
                    picture.waiting().isEmpty()
                            ? picture.history().stream().findFirst()
                            : picture.waiting().stream().findFirst();
            first.ifPresent(this::look);
            return;
        }
        var seen = shown.get();
        boolean stillTheSame =
                seen != null
                        && seen.id().equals(now.id())
                        && now.state() == FiledPlan.State.WAITING;
        // A waiting plan that changed stays on the screen as it was seen: the gate says so.
        if (!stillTheSame) {
            shown.set(now);
        }
        judge();
    }

    /// Shows a plan; what was typed for another one is forgotten.
    public void look(UUID id) {
        var picture = dataProperty().get();
        var found = picture == null ? null : picture.find(id).orElse(null);
        if (found == null) {
            selected = id;
            refresh();
        } else {
            look(found);
        }
    }

    private void look(FiledPlan plan) {
        var before = shown.get();
        if (before == null || !before.id().equals(plan.id())) {
            typedName.set("");
            reason.set("");
            answer.set(null);
        }
        selected = plan.id();
        shown.set(plan);
        judge();
    }

    /// Shows the plan as it stands now, after it changed under the reader.
    public void showAgain() {
        var plan = current();
        if (plan != null) {
            answer.set(null);
            shown.set(plan);
            judge();
        }
    }

    private @Nullable FiledPlan current() {
        var seen = shown.get();
        var picture = dataProperty().get();
        return seen == null || picture == null ? seen : picture.find(seen.id()).orElse(seen);
    }

    /// Also called as time passes: a plan expires while one reads it.
    public void judge() {
        var seen = shown.get();
        var now = current();
        gate.set(
                seen == null || now == null
                        ? ApprovalState.DECIDED
                        : ApprovalState.of(
                                seen,
                                now,
                                session.now(),
                                seen.id().equals(working),
                                typedName.get(),
                                reason.get()));
    }

    public void approve() {
        judge();
        var seen = shown.get();
        if (seen == null || gate.get() != ApprovalState.OPEN) {
            return;
        }
        var name = typedName.get().isBlank() ? null : typedName.get();
        var why = reason.get().isBlank() ? null : reason.get().strip();
        decide(
                seen,
                () ->
                        answerTo(
                                desk.approve(
                                        seen.id(),
                                        seen.fingerprint(),
                                        session.actor(),
                                        name,
                                        why)));
    }

    /// Keeps everything as it is; needs a reason, so that the next reader knows.
    public void reject() {
        var seen = shown.get();
        if (seen == null || reason.get().isBlank() || working != null) {
            return;
        }
        var why = reason.get().strip();
        decide(
                seen,
                () -> {
                    desk.reject(seen.id(), session.actor(), why);
                    return null;
                });
    }

    public boolean undoable() {
        var seen = shown.get();
        return seen != null
                && seen.state() == FiledPlan.State.DONE
                && seen.plan().undo().possible()
                && working == null;
    }

    public void undo() {
        var seen = shown.get();
        if (seen == null || !undoable()) {
            return;
        }
        var why = reason.get().isBlank() ? "undone from the console" : reason.get().strip();
        decide(seen, () -> answerTo(desk.undo(seen.id(), session.actor(), why)));
    }

    private static @Nullable Answer answerTo(Decision decision) {
        return switch (decision) {
            case Decision.Granted _ -> null;
            case Decision.Declined d -> new Answer(Role.WARNING, "Nothing ran: " + d.reason());
            case Decision.Expired e -> new Answer(Role.WARNING, "Nothing ran: " + e.reason());
        };
    }

    private void decide(FiledPlan plan, Supplier<@Nullable Answer> decision) {
        working = plan.id();
        answer.set(null);
        judge();
        session.background().execute(() -> decided(plan, decision));
    }

    private void decided(FiledPlan plan, Supplier<@Nullable Answer> decision) {
        @Nullable Answer given;
        try {
            given = decision.get();
        } catch (OpsException e) {
            given = new Answer(Role.CRITICAL, e.what() + ": " + e.why() + ". " + e.remedy());
        }
        var said = given;
        session.screen()
                .execute(
                        () -> {
                            working = null;
                            if (plan.id().equals(selected)) {
                                answer.set(said);
                                typedName.set("");
                                reason.set("");
                            }
                            judge();
                            refresh();
                        });
    }

    public ReadOnlyObjectProperty<@Nullable FiledPlan> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ApprovalState> gateProperty() {
        return gate.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Answer> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    public StringProperty typedNameProperty() {
        return typedName;
    }

    public StringProperty reasonProperty() {
        return reason;
    }
}
