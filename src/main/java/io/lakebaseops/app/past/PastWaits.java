package io.lakebaseops.app.past;

import io.lakebaseops.app.past.PastStatements.Cost;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.WaitInterval;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The generated past of what active sessions waited for: the time of the statements, shared out by
/// event as their profiles say.
record PastWaits(TargetId target, PastStatements statements, LoadCurve curve) {
    private static final String CPU = "CPU";

    List<Map<String, @Nullable Object>> rows(PastSlot slot) {
        var seen = new HashMap<WaitInterval.Key, Long>();
        for (var cost : statements.costs(slot)) {
            var profile = cost.statement().profile();
            double waiting = 0;
            for (var event : profile.waits().entrySet()) {
                waiting += event.getValue();
                count(seen, slot, cost, event.getKey(), event.getValue());
            }
            count(seen, slot, cost, CPU, 1 - waiting);
        }
        autovacuum(seen, slot);
        return new ArrayList<>(
                new WaitInterval(PastRows.RUN, slot.until(), slot.seconds(), 1, seen)
                        .rows(target, PastRows.SOURCE));
    }

    private void count(
            Map<WaitInterval.Key, Long> seen,
            PastSlot slot,
            Cost cost,
            String event,
            double share) {
        var profile = cost.statement().profile();
        double seconds = cost.millis() / 1000 * share;
        long samples = curve.whole(profile.name() + event, slot.until(), seconds);
        if (samples > 0) {
            int slash = event.indexOf('/');
            seen.put(
                    new WaitInterval.Key(
                            slash < 0 ? event : event.substring(0, slash),
                            slash < 0 ? null : event.substring(slash + 1),
                            "client backend",
                            statements.server().database(),
                            statements.server().role(),
                            profile.application(),
                            cost.statement().queryId()),
                    samples);
        }
    }

    private void autovacuum(Map<WaitInterval.Key, Long> seen, PastSlot slot) {
        var server = statements.server();
        for (var event : List.of(CPU, "VacuumDelay")) {
            double seconds = slot.seconds() * (event.equals(CPU) ? 0.004 : 0.011);
            long samples = curve.whole("autovacuum" + event, slot.until(), seconds);
            if (samples > 0) {
                boolean cpu = event.equals(CPU);
                seen.put(
                        new WaitInterval.Key(
                                cpu ? CPU : "Timeout",
                                cpu ? null : event,
                                "autovacuum worker",
                                server.database(),
                                null,
                                null,
                                null),
                        samples);
            }
        }
    }
}
