package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.change.AuditChain;
import io.lakebaseops.change.ControlPlanes;
import io.lakebaseops.change.PlanDesk;
import io.lakebaseops.change.PlanDesks;
import io.lakebaseops.change.PlanListener;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.LakebaseDoorkeeper;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

/// A process of its own that provisions one tree through the real gate, as the console does, and
/// may be killed at any moment. Arguments: control plane, its token, URL of the state database,
/// domain, pattern.
final class Provisioner {
    private Provisioner() {}

    static void main(String[] args) {
        var pattern = TreePattern.valueOf(args[4]);
        var clock = Clock.systemUTC();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var state = StateDb.open(StateSettings.of(args[2], Pg17.DBA, Pg17.DBA_PASSWORD))) {
            var plane = SdkControlPlane.ofHost(args[0], () -> args[1], threads);
            ControlPlanes planes = _ -> Optional.of(plane);
            try (var test =
                    TestTargets.of(
                            new LakebaseDoorkeeper("local", plane, clock),
                            new TargetId("local", "none", "production"))) {
                var desk =
                        PlanDesks.quick(
                                state,
                                test.targets(),
                                test.sql(),
                                planes,
                                new AuditChain(state, clock),
                                PlanListener.NOBODY,
                                clock,
                                Duration.ofSeconds(30));
                run(desk, plans(planes, test.targets(), test.sql(), clock, args[3], pattern));
            }
        }
        System.out.println("done");
    }

    /// What is missing of the tree of this domain.
    static List<ChangePlan> plans(
            ControlPlanes planes,
            Targets targets,
            SqlLibrary sql,
            Clock clock,
            String domain,
            TreePattern pattern) {
        var people = List.of("Ada", "Jörg");
        boolean developers = pattern == TreePattern.PER_DEVELOPER;
        return new ProvisionLakebaseProject(planes, BranchPolicy.standard(), targets, sql)
                .propose(
                        new ProvisionLakebaseProject.Input(
                                null,
                                domain,
                                "production",
                                pattern,
                                Map.of("team", "shop"),
                                pattern.needsTenants() ? people : List.of(),
                                developers ? people : List.of(),
                                0.5,
                                1,
                                null),
                        new ToolContext(
                                UUID.randomUUID(),
                                new TargetId("local", "none", "production"),
                                BranchRig.PERSON,
                                BranchRig.soon(),
                                clock,
                                ToolContext.Progress.SILENT))
                .plans();
    }

    /// Files and approves them; false when one did not come to its good end.
    static boolean run(PlanDesk desk, List<ChangePlan> plans) {
        boolean good = true;
        for (var plan : plans) {
            var filed = desk.file(plan);
            desk.approve(filed.id(), filed.fingerprint(), BranchRig.PERSON, null, null);
            var end = desk.find(filed.id()).orElseThrow();
            if (end.state() != FiledPlan.State.DONE) {
                System.out.println(plan.title() + ": " + end.state() + " " + end.reason());
                good = false;
            }
        }
        return good;
    }
}
