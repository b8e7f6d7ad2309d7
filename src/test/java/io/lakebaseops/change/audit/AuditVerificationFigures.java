package io.lakebaseops.change.audit;

import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Pg17;

import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What verifying costs as the chain grows: whole, and from the last verified entry on.
final class AuditVerificationFigures {
    private AuditVerificationFigures() {}

    public static void main(String[] args) throws Exception {
        var database = Pg17.shared().database("figures");
        try (var db = StateDb.open(StateSettings.of(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD))) {
            var chain =
                    AuditChain.open(
                            db,
                            _ -> Optional.empty(),
                            Files.createTempDirectory("figures-"),
                            "figures",
                            HeadArchive.none(),
                            Clock.systemUTC());
            for (int size : List.of(1_000, 10_000, 50_000)) {
                while (chain.entries(1).isEmpty() || chain.entries(1).getFirst().seq() < size) {
                    db.run(
                            tx -> {
                                for (int i = 0; i < 1000; i++) {
                                    chain.append(
                                            tx,
                                            "receipt",
                                            null,
                                            "kim",
                                            Map.of("n", i, "text", "x".repeat(300)));
                                }
                            });
                }
                System.out.printf("%d entries: whole %s ms", size, millis(chain::verifyAll));
                System.out.printf(", what is new %s ms%n", millis(chain::verify));
            }
        }
        System.exit(0);
    }

    private static List<Long> millis(Runnable work) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            long from = System.nanoTime();
            work.run();
            times.add((System.nanoTime() - from) / 1_000_000);
        }
        return times;
    }
}
