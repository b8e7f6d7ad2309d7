package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.testing.Child;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A process that applies migrations. Arguments: JDBC URLs of the state and of the database, the
/// folder.
final class MigratingProcess {
    private MigratingProcess() {}

    static void main(String[] args) {
        try (var rig = TestTargets.of(args[1], Pg17.DBA, Pg17.DBA_PASSWORD);
                var gate = new GateRig(args[0], rig.targets(), _ -> Optional.empty())) {
            var tool =
                    new ApplySchemaMigration(
                            rig.targets(),
                            rig.sql(),
                            _ -> Optional.empty(),
                            new PastMigrations(gate.desk, gate.history));
            var input =
                    new ApplySchemaMigration.Input(
                            List.of(args[2]),
                            null,
                            false,
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(10));
            var plan = tool.propose(input, GateRig.context(rig.target())).plans().getFirst();
            var filed = gate.desk.file(plan);
            Child.say(filed.id().toString());
            gate.desk.approve(
                    filed.id(),
                    filed.fingerprint(),
                    Actor.human("kim"),
                    plan.subject().name(),
                    "reviewed");
        }
    }
}
