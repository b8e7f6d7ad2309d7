package io.lakebaseops.change.approval;

import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/// A process of its own that approves one plan when its standard input says so, and prints the
/// decision. Arguments: JDBC URLs of the state and the target database, plan id, fingerprint.
final class Approver {
    private Approver() {}

    static void main(String[] args) throws Exception {
        var settings = StateSettings.of(args[0], Pg17.DBA, Pg17.DBA_PASSWORD);
        try (var state = StateDb.open(settings);
                var targets = TestTargets.of(args[1], Pg17.DBA, Pg17.DBA_PASSWORD)) {
            var clock = Clock.systemUTC();
            var desk =
                    DeskRig.desk(
                            state,
                            targets,
                            AuditChains.of(state, clock),
                            PlanListener.NOBODY,
                            Runnable::run,
                            clock);
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            var decision =
                    desk.approve(
                            UUID.fromString(args[2]),
                            new PlanFingerprint(args[3]),
                            DeskRig.PERSON,
                            "t",
                            "asked for");
            System.out.write((decision.toString() + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
