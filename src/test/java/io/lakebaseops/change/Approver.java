package io.lakebaseops.change;

import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.testing.Pg17;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A process of its own that approves one plan when its standard input says so, and prints the
/// decision: `port`, `state database`, `target database`, `plan id`, `fingerprint`.
final class Approver {
    private Approver() {}

    static void main(String[] args) throws Exception {
        var server = Pg17.at(Integer.parseInt(args[0]));
        try (var rig = new DeskRig(server.url(args[1]), new Pg17.Database(server, args[2]))) {
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            var decision =
                    rig.desk.approve(
                            UUID.fromString(args[3]),
                            new PlanFingerprint(args[4]),
                            DeskRig.PERSON,
                            "t",
                            "asked for");
            System.out.write((decision.toString() + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
