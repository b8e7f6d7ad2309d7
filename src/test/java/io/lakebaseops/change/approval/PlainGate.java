package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.ControlPlaneExecutor;
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

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The gate's own preconditions, acts and proofs without its state database, for tests that carry
/// out thousands of plans on a control plane in memory.
public final class PlainGate {
    private static final RiskPolicy POLICY = RiskPolicy.standard();

    private final ControlPlane plane;
    private final Clock clock;

    public PlainGate(ControlPlane plane, Clock clock) {
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
                ControlPlaneExecutor.run(plane, ((Step.ApiStep) step).act(), deadline, _ -> {});
            } catch (OpsException e) {
                return Optional.of(e.getMessage());
            }
        }
        var proof = proofs.measure(plan.target(), plan.proofs());
        return proof instanceof Verification.Confirmed
                ? Optional.empty()
                : Optional.of(List.of(proof).toString());
    }

    public Risk risk(ChangePlan plan) {
        return POLICY.assess(
                plan,
                new EnvironmentResolver(_ -> Optional.of(plane), POLICY.limits(), (_, _) -> false)
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
