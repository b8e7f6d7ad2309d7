package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.Objections;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Who;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.framework.OpsEvent;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/// The queue of plans, the one looked at, and what a person may do with it. A plan is approved only
/// with the fingerprint that was on the screen, and once however often one clicks. Keeping things
/// as they are and carrying the plan out have a reason each: text for one never serves the other.
public final class ApprovalsViewModel extends ScreenModel<ApprovalsSnapshot> {
    /// How much a page of either list holds.
    static final int PAGE = 50;

    /// Until then the same plan is not proposed again, unless another date is chosen.
    private static final Duration KEEP = Duration.ofDays(7);

    private static final Duration CHAIN_AGE = Duration.ofMinutes(10);

    private final ApprovalDesk desk;
    private final PlanQueue queue;
    private final AuditLog audit;
    private final ReadOnlyObjectWrapper<@Nullable FiledPlan> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ApprovalState> gate =
            new ReadOnlyObjectWrapper<>(ApprovalState.DECIDED);
    private final ReadOnlyObjectWrapper<String> missing = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ChainState> chain = new ReadOnlyObjectWrapper<>();
    private final StringProperty typedName = new SimpleStringProperty("");
    private final StringProperty actReason = new SimpleStringProperty("");
    private final StringProperty keepReason = new SimpleStringProperty("");
    private final ObjectProperty<LocalDate> keepUntil;
    private final RunningPlansWatch watch;
    private Instant verifiedAt = Instant.MIN;
    // Written on the screen's thread, read by the background.
    private volatile @Nullable UUID selected;
    private volatile PlanListing listing = PlanListing.first(false, Who.ALL);
    private @Nullable UUID working;

    public ApprovalsViewModel(
            ConsoleSession session, ApprovalDesk desk, PlanQueue queue, AuditLog audit) {
        super(session);
        this.desk = desk;
        this.queue = queue;
        this.audit = audit;
        keepUntil = new SimpleObjectProperty<>(standardKeep());
        watch = new RunningPlansWatch(session, desk);
        typedName.addListener((_, _, _) -> judge());
        actReason.addListener((_, _, _) -> judge());
    }

    @Override
    protected ApprovalsSnapshot read(TargetId target) {
        var wanted = listing;
        var scope = wanted.here() ? target : null;
        var waiting = queue.waiting(scope, wanted.open(), wanted.waiting());
        var who = wanted.who();
        var decided =
                who == null
                        ? List.<PlanQueue.Group>of()
                        : queue.decided(scope, who, session.user(), wanted.decided());
        var held = who == null ? desk.heldBack(scope, wanted.decided()) : List.<HeldBack>of();
        var id = selected;
        if (id == null && !waiting.isEmpty()) {
            id = waiting.getFirst().newest().id();
        } else if (id == null && !decided.isEmpty()) {
            id = decided.getFirst().newest().id();
        }
        return new ApprovalsSnapshot(
                queue.counts(),
                waiting,
                queue.running(),
                decided,
                held,
                id == null ? null : desk.find(id).orElse(null));
    }

    @Override
    protected boolean isEmpty(ApprovalsSnapshot picture) {
        return picture.waiting().isEmpty()
                && picture.decided().isEmpty()
                && picture.running().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event instanceof OpsEvent.PlanChanged;
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    public void activate() {
        super.activate();
        if (verifiedAt.isBefore(session.now().minus(CHAIN_AGE))) {
            verifyChain();
        }
    }

    @Override
    protected void shown(ApprovalsSnapshot picture) {
        if (!picture.running().isEmpty()) {
            watch.request();
        }
        var now = picture.looked();
        if (now == null) {
            judge();
            return;
        }
        var seen = shown.get();
        if (seen == null || !seen.id().equals(now.id())) {
            // Asked for another one meanwhile: that is on its way.
            if (selected == null || now.id().equals(selected)) {
                begin(now);
            }
        } else if (now.state() != FiledPlan.State.WAITING) {
            // A waiting plan that changed stays on the screen as it was seen: the button says so.
            shown.set(now);
        }
        judge();
    }

    /// Shows a plan; what was typed for another one is forgotten.
    public void look(UUID id) {
        var seen = shown.get();
        selected = id;
        if (seen == null || !seen.id().equals(id)) {
            forget();
            refresh();
        }
    }

    private void begin(FiledPlan plan) {
        forget();
        selected = plan.id();
        shown.set(plan);
    }

    private void forget() {
        typedName.set("");
        actReason.set("");
        keepReason.set("");
        keepUntil.set(standardKeep());
        answer.set(null);
    }

    private LocalDate standardKeep() {
        return session.now().plus(KEEP).atZone(session.zone()).toLocalDate();
    }

    /// Lists other plans, or more of them.
    void list(PlanListing next) {
        listing = next;
        refresh();
    }

    /// Ends a refusal before its time: what it was about may be proposed again.
    void askAgain(HeldBack held) {
        inBackground(() -> desk.askAgain(held, session.actor()));
    }

    PlanListing listing() {
        return listing;
    }

    /// Checks the audit chain; never by itself with each event, for it grows with history.
    void verifyChain() {
        verifiedAt = session.now();
        lookUp(_ -> audit.verify(), chain::set);
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
        var looked = picture == null ? null : picture.looked();
        return seen != null && looked != null && looked.id().equals(seen.id()) ? looked : seen;
    }

    /// Each second: a plan expires while one reads it, and what runs gets on.
    void tick() {
        judge();
        var picture = dataProperty().get();
        if (picture != null && !picture.running().isEmpty()) {
            watch.request();
        }
    }

    /// Cancels a running plan and says what was already done.
    void cancelRun(UUID id) {
        inBackground(
                () -> {
                    var came = desk.cancel(id, session.actor());
                    session.screen().execute(() -> say(RunningPlansWatch.words(came)));
                });
    }

    public void judge() {
        var seen = shown.get();
        var now = current();
        if (seen == null || now == null) {
            gate.set(ApprovalState.DECIDED);
            return;
        }
        var objection =
                Objections.to(
                        seen,
                        seen.fingerprint(),
                        session.actor(),
                        filled(typedName),
                        filled(actReason));
        missing.set(objection.orElse(""));
        gate.set(
                ApprovalState.of(
                        seen,
                        now,
                        session.now(),
                        seen.id().equals(working),
                        objection.isPresent()));
    }

    private static @Nullable String filled(StringProperty text) {
        return text.get().isBlank() ? null : text.get().strip();
    }

    public void approve() {
        judge();
        var seen = shown.get();
        if (seen == null || gate.get() != ApprovalState.OPEN) {
            return;
        }
        var name = filled(typedName);
        var why = filled(actReason);
        decide(
                seen,
                () ->
                        Answer.to(
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
        var why = filled(keepReason);
        if (seen == null || why == null || working != null) {
            return;
        }
        // The whole of the last day, as whoever picks a date means it.
        var until = keepUntil.get().plusDays(1).atStartOfDay(session.zone()).toInstant();
        decide(
                seen,
                () -> {
                    desk.reject(seen.id(), session.actor(), why, until);
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

    /// Files the plan that takes it back and shows it: it is read and decided like any other.
    public void undo() {
        var seen = shown.get();
        if (seen == null || !undoable()) {
            return;
        }
        decide(
                seen,
                () -> {
                    var undo = desk.planUndo(seen.id(), session.actor());
                    session.screen().execute(() -> look(undo.id()));
                    return null;
                });
    }

    private void decide(FiledPlan plan, Supplier<@Nullable Answer> decision) {
        working = plan.id();
        answer.set(null);
        judge();
        inBackground(
                () -> {
                    var said = decision.get();
                    session.screen().execute(() -> decided(plan, said));
                },
                () -> {
                    working = null;
                    judge();
                });
    }

    private void decided(FiledPlan plan, @Nullable Answer said) {
        if (plan.id().equals(selected)) {
            forget();
            answer.set(said);
        }
    }

    public ReadOnlyObjectProperty<@Nullable FiledPlan> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ApprovalState> gateProperty() {
        return gate.getReadOnlyProperty();
    }

    /// What the gate would say to the approval as it is filled in; empty when nothing.
    ReadOnlyObjectProperty<String> missingProperty() {
        return missing.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Answer> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    /// What runs, as far as it is now; asked while something does.
    ReadOnlyObjectProperty<List<RunningPlan>> watchedProperty() {
        return watch.plansProperty();
    }

    /// Null until it was checked.
    ReadOnlyObjectProperty<@Nullable ChainState> chainProperty() {
        return chain.getReadOnlyProperty();
    }

    public StringProperty typedNameProperty() {
        return typedName;
    }

    /// The reason for carrying the plan out.
    public StringProperty actReasonProperty() {
        return actReason;
    }

    /// The reason for keeping things as they are.
    public StringProperty keepReasonProperty() {
        return keepReason;
    }

    /// Until when things are kept as they are.
    public ObjectProperty<LocalDate> keepUntilProperty() {
        return keepUntil;
    }

    /// Is the plan about another server than the one at the top?
    boolean elsewhere(FiledPlan plan) {
        return !Objects.equals(plan.plan().target(), session.target());
    }
}
