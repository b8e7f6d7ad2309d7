package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanDesks;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A process of its own that provisions trees through the real gate, as the console does, and may
/// be killed at any moment. Arguments: token, URL of the state database, pattern, then for each
/// tree its domain and the address of its control plane. Prints `done <domain>` or why not.
final class Provisioner {
    private Provisioner() {}

    static void main(String[] args) {
        var pattern = TreePattern.valueOf(args[2]);
        var settings = StateSettings.of(args[1], Pg17.DBA, Pg17.DBA_PASSWORD);
        try (var trees = Executors.newVirtualThreadPerTaskExecutor();
                var state = StateDb.open(settings)) {
            var sql = SqlLibrary.fromClassPath();
            for (int i = 3; i < args.length; i += 2) {
                var domain = args[i];
                var host = args[i + 1];
                trees.execute(() -> one(state, sql, host, args[0], domain, pattern));
            }
            trees.shutdown();
            trees.awaitTermination(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void one(
            StateDb state,
            SqlLibrary sql,
            String host,
            String token,
            String domain,
            TreePattern pattern) {
        var clock = Clock.systemUTC();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var plane = SdkControlPlane.ofHost(host, () -> token, threads);
            ControlPlaneAccess planes = _ -> Optional.of(plane);
            var door = new LakebaseConnectionProvider("local", plane, clock);
            var nowhere = new TargetId("local", "none", "production");
            try (var test = TestTargets.of(door, nowhere, sql)) {
                var desk =
                        PlanDesks.quick(
                                state,
                                test.targets(),
                                test.sql(),
                                planes,
                                AuditChains.of(state, clock),
                                PlanListener.NOBODY,
                                clock,
                                Duration.ofMinutes(3));
                var plans = plans(planes, test.targets(), test.sql(), clock, domain, pattern);
                System.out.println(run(desk, plans) ? "done " + domain : "failed " + domain);
            }
        } catch (OpsException e) {
            System.out.println("failed " + domain + " " + e);
        }
    }

    /// What is missing of the tree of this domain.
    static List<ChangePlan> plans(
            ControlPlaneAccess planes,
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
