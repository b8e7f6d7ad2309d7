package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.IdempotentAppend;
import io.lakebaseops.agents.provisioning.branching.ConfirmedActs.Confirmed;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ApiAct;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// What happened to a branch, and who did it? One row per event in its life, and the event itself,
/// each only after the control plane confirmed it.
public final class BranchLedger implements Consumer<FiledPlan> {
    private static final Logger LOG = LoggerFactory.getLogger(BranchLedger.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Tools whose plans make projects whole.
    private static final Set<String> PROVISIONING =
            Set.of("provision_lakebase_project", "provision_with_governance");

    private final IdempotentAppend rows;
    private final EventBus events;
    private final Clock clock;
    private final ControlPlaneAccess planes;
    private final Function<UUID, List<Receipt>> receipts;
    private final Map<UUID, FiledPlan> unconfirmed = new ConcurrentHashMap<>();
    private final Set<UUID> provisioned = ConcurrentHashMap.newKeySet();

    public BranchLedger(
            Lakehouse lakehouse,
            EventBus events,
            Clock clock,
            ControlPlaneAccess planes,
            Function<UUID, List<Receipt>> receipts) {
        this.rows =
                new IdempotentAppend(
                        lakehouse,
                        OpsTables.BRANCH_LIFECYCLE.name(),
                        HistoryQueries.BRANCH_EVENT_STORED);
        this.events = events;
        this.clock = clock;
        this.planes = planes;
        this.receipts = receipts;
    }

    @Override
    public void accept(FiledPlan filed) {
        if (ended(filed)
                && filed.plan().steps().stream().anyMatch(Step.ApiStep.class::isInstance)) {
            record(filed);
        }
    }

    /// Looks again for what could not be confirmed because the control plane was away.
    public void settle() {
        unconfirmed.values().forEach(this::record);
    }

    /// A done plan is told of twice; the second time its proofs were measured.
    private static boolean ended(FiledPlan filed) {
        return switch (filed.state()) {
            case DONE -> filed.verification() != null;
            case FAILED, UNDONE -> true;
            case WAITING, RUNNING, REJECTED, EXPIRED, SUPERSEDED, HELD_BACK -> false;
        };
    }

    private void record(FiledPlan filed) {
        var plane = planes.of(filed.plan().target()).orElse(null);
        if (plane == null) {
            return;
        }
        try {
            var happened =
                    new ConfirmedActs(plane, Deadline.in(PATIENCE))
                            .of(filed, receipts.apply(filed.id()));
            happened.forEach(c -> fact(filed, c));
            provisioned(filed, plane);
            unconfirmed.remove(filed.id());
        } catch (OpsException e) {
            unconfirmed.put(filed.id(), filed);
            LOG.warn(
                    "What '{}' did is not confirmed yet: {}", filed.plan().title(), e.getMessage());
        }
    }

    private void fact(FiledPlan filed, Confirmed c) {
        switch (c.act()) {
            case ApiAct.CreateBranch made -> {
                boolean reset = !c.undo() && deletes(filed, made.branch());
                var row = row(filed, made.branch(), reset ? "reset" : "created");
                row.put("source_branch", made.source());
                row.put("ttl_seconds", made.ttlSeconds());
                row.put("is_protected", made.isProtected());
                tell(filed, row, created(filed, made.branch(), made.source()));
            }
            case ApiAct.CreateProject made -> {
                var row = row(filed, filed.plan().target().branch(), "created");
                row.put("is_protected", made.isProtected());
                tell(filed, row, null);
            }
            case ApiAct.DeleteBranch gone ->
                    tell(
                            filed,
                            row(filed, gone.branch(), word(filed)),
                            new OpsEvent.BranchDeleted(
                                    on(filed, gone.branch()), clock.instant(), gone.branch()));
            case ApiAct.UndeleteBranch back ->
                    tell(
                            filed,
                            row(filed, back.branch(), "created"),
                            created(filed, back.branch(), back.branch()));
            case ApiAct.ProtectBranch p -> {
                var row = row(filed, p.branch(), p.isProtected() ? "protected" : "unprotected");
                row.put("is_protected", p.isProtected());
                tell(
                        filed,
                        row,
                        new OpsEvent.BranchProtected(
                                on(filed, p.branch()),
                                clock.instant(),
                                p.branch(),
                                p.isProtected()));
            }
            case ApiAct.SetExpiry s -> {
                var row = row(filed, s.branch(), "extended");
                row.put("ttl_seconds", s.ttlSeconds());
                tell(filed, row, null);
            }
            case ApiAct.PurgeBranch _,
                    ApiAct.DeleteProject _,
                    ApiAct.TagProject _,
                    ApiAct.ShapeEndpoint _,
                    ApiAct.EnsureRole _,
                    ApiAct.CatalogAct _ -> {}
        }
    }

    private static boolean deletes(FiledPlan filed, String branch) {
        return filed.plan().steps().stream()
                .anyMatch(
                        s ->
                                s instanceof Step.ApiStep(_, ApiAct.DeleteBranch d, _)
                                        && d.branch().equals(branch));
    }

    /// A plan is told of more than once, also by another process: the first to store the row tells.
    private void tell(
            FiledPlan filed, Map<String, @Nullable Object> row, @Nullable OpsEvent event) {
        boolean first =
                rows.add(
                        row,
                        Map.of(
                                "branch", String.valueOf(row.get("branch_id")),
                                "run_id", filed.id().toString(),
                                "event_type", String.valueOf(row.get("event_type"))));
        if (first && event != null) {
            events.publish(event);
        }
    }

    private static TargetId on(FiledPlan filed, String branch) {
        var t = filed.plan().target();
        return new TargetId(t.profile(), t.project(), branch);
    }

    private OpsEvent created(FiledPlan filed, String branch, String source) {
        return new OpsEvent.BranchCreated(on(filed, branch), clock.instant(), branch, source);
    }

    private static String word(FiledPlan filed) {
        return filed.plan().tool().equals("enforce_ttl_policies") ? "expired" : "deleted";
    }

    /// Also when only the last answer was lost: what counts is that everything is there.
    private void provisioned(FiledPlan filed, ControlPlane plane) {
        if (!PROVISIONING.contains(filed.plan().tool())
                || filed.state() == FiledPlan.State.UNDONE) {
            return;
        }
        boolean complete =
                filed.plan().proofs().stream()
                        .filter(Postcondition.BranchReady.class::isInstance)
                        .map(Postcondition.BranchReady.class::cast)
                        .allMatch(
                                p ->
                                        plane.branch(p.project(), p.branch(), Deadline.in(PATIENCE))
                                                .filter(b -> b.state().equals("READY"))
                                                .isPresent());
        if (complete && provisioned.add(filed.id())) {
            events.publish(
                    new OpsEvent.ProvisioningComplete(
                            filed.plan().target(),
                            clock.instant(),
                            filed.plan().target().project()));
        }
    }

    private Map<String, @Nullable Object> row(FiledPlan filed, String branch, String type) {
        var by = filed.plan().proposedBy();
        var row = HistoryRow.of(on(filed, branch), clock.instant(), filed.id().toString());
        row.put("event_type", type);
        row.put("actor", by.name());
        row.put("actor_kind", by.kind().name().toLowerCase(Locale.ROOT));
        row.put("reason", filed.plan().why());
        return row;
    }
}
