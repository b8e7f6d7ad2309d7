package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The injected faults that wait for matching calls. Tests fill the plan through `/__local/faults`:
/// POST adds a fault, GET tells how often each has hit, DELETE clears them. The first match that is
/// due wins.
public final class FaultPlan {
    private final List<Planned> planned = new ArrayList<>();

    public void addTo(Router router) {
        router.on("POST", "/__local/faults", call -> add(Fault.from(call.fields())));
        router.on("GET", "/__local/faults", _ -> Reply.ok(report()));
        router.on("DELETE", "/__local/faults", _ -> clear());
    }

    /// The fault due for this call, counted as used.
    public synchronized Optional<Fault> hit(String method, String path) {
        if (path.startsWith("/__local/")) {
            return Optional.empty();
        }
        return planned.stream()
                .filter(p -> p.fault.matches(method + " " + path) && p.due())
                .findFirst()
                .map(p -> p.fault);
    }

    public synchronized Reply add(Fault fault) {
        planned.add(new Planned(fault));
        return Reply.ok(Json.object());
    }

    private synchronized Reply clear() {
        planned.clear();
        return Reply.ok(Json.object());
    }

    private synchronized ObjectNode report() {
        ObjectNode report = Json.object();
        planned.forEach(
                p ->
                        report.withArray("faults")
                                .addObject()
                                .put("pattern", p.fault.pattern())
                                .put("hits", Math.max(0, p.seen - p.fault.offset())));
        return report;
    }

    private static final class Planned {
        final Fault fault;
        int seen;

        Planned(Fault fault) {
            this.fault = fault;
        }

        boolean due() {
            int last = fault.times() < 0 ? Integer.MAX_VALUE : fault.offset() + fault.times();
            if (seen >= last) {
                return false;
            }
            return seen++ >= fault.offset();
        }
    }
}
