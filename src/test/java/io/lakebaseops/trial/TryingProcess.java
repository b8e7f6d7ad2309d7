package io.lakebaseops.trial;

import io.lakebaseops.agents.provisioning.migration.GateRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.postgres.ConnectionProviders;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.testing.Child;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/// A process in the middle of a trial. Arguments: host and token of the control plane, URL of the
/// state database, the branch.
final class TryingProcess {
    private TryingProcess() {}

    static void main(String[] args) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var sql = SqlLibrary.fromClassPath();
        var plane = SdkControlPlane.ofHost(args[0], () -> args[1], threads);
        var door = new LakebaseConnectionProvider("local", plane, Clock.systemUTC());
        var targets =
                new PooledTargets(
                        ConnectionProviders.of(Map.of("local", door)),
                        sql,
                        threads,
                        Clock.systemUTC());
        try (var gate = new GateRig(args[2], targets, _ -> Optional.of(plane))) {
            var trials =
                    new BranchTrial(
                            targets,
                            sql,
                            _ -> Optional.of(plane),
                            gate.desk,
                            () -> gate.state,
                            Clock.systemUTC());
            var production = new TargetId("local", "shop", "production");
            var trial =
                    trials.open(
                            production,
                            args[3],
                            BranchTrial.LIFE,
                            Actor.human("bob"),
                            TrialRig.soon());
            Child.say("branch made");
            trial.apply("Wait", List.of(BranchTrialPgTest.script("select pg_sleep(100)")));
            Child.say("done");
        }
    }
}
