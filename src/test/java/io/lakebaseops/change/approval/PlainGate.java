package io.lakebaseops.change.approval;

import io.lakebaseops.change.archival.ArchiveProofs;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.Preconditions;
import io.lakebaseops.change.risk.EnvironmentResolver;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.testing.NoColdStore;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The gate's own preconditions, acts and proofs without its state database, for tests that carry
/// out thousands of plans on a control plane in memory.
public final class PlainGate {
    private static final RiskPolicy POLICY = RiskPolicy.standard();

    private final ControlPlane plane;
    private final Clock clock;
    private final CreatedResources created;

    public PlainGate(ControlPlane plane, Clock clock, CreatedResources created) {
        this.created = created;
        this.plane = plane;
        this.clock = clock;
    }

    /// Why nothing ran; empty when it ran and did what it promised.
    public Optional<String> carryOut(ChangePlan plan) {
        var deadline = Deadline.in(Duration.ofSeconds(20));
        var proofs =
                new PostconditionCheck(
                        none(),
                        _ -> Optional.of(plane),
                        new ArchiveProofs(none(), null, null, NoColdStore.NONE),
                        clock,
                        new PostconditionCheck.Patience(
                                100, Duration.ofMillis(50), Duration.ofSeconds(20)));
        var broken =
                new Preconditions(none(), _ -> Optional.of(plane), proofs).broken(plan, deadline);
        if (!broken.isEmpty()) {
            return Optional.of(String.join("; ", broken));
        }
        for (var step : plan.steps()) {
            try {
                ControlPlaneAct.of(((Step.ApiStep) step).act())
                        .run(plane, deadline, _ -> {})
                        .ifPresent(made -> record(plan, made));
            } catch (OpsException e) {
                return Optional.of(e.getMessage());
            }
        }
        var proof = proofs.measure(plan.target(), plan.proofs());
        return proof instanceof Verification.Confirmed
                ? Optional.empty()
                : Optional.of(List.of(proof).toString());
    }

    private void record(ChangePlan plan, CreatedResource made) {
        created.add(
                plan.target().profile(),
                new CreatedResources.Entry(UUID.randomUUID(), plan.tool(), made));
    }

    public Risk risk(ChangePlan plan) {
        return POLICY.assess(
                plan,
                new EnvironmentResolver(_ -> Optional.of(plane), POLICY.limits(), created)
                        .around(plan));
    }

    private static io.lakebaseops.postgres.Targets none() {
        return (io.lakebaseops.postgres.Targets)
                java.lang.reflect.Proxy.newProxyInstance(
                        PlainGate.class.getClassLoader(),
                        new Class<?>[] {io.lakebaseops.postgres.Targets.class},
                        (_, method, _) -> {
                            throw new AssertionError("no database here: " + method.getName());
                        });
    }
}
