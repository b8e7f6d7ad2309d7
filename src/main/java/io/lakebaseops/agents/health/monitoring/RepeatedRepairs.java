package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.AutovacuumPlan;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Repairs;
import io.lakebaseops.state.Repairs.Repair;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Repairs of one kind on one object that come back: after three within an hour they are no cure
/// but a symptom, and the agent asks instead of going on. It is remembered for a day, or until the
/// cause was mended.
final class RepeatedRepairs {
    static final int ENOUGH = 3;
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final List<String> VERBS =
            List.of(VacuumKind.ANALYZE.verb(), AutovacuumPlan.VERB);

    private final Repairs repairs;

    RepeatedRepairs(Repairs repairs) {
        this.repairs = repairs;
    }

    record Repeated(int times, Instant first, Instant last) {}

    /// The tables whose vacuums repeat, by subject.
    Map<Subject, Repeated> of(TargetId target, Instant now) {
        var bySubject = new LinkedHashMap<Subject, List<Instant>>();
        for (var repair : repairs.since(target, VERBS, now.minus(REMEMBERED))) {
            note(bySubject, repair);
        }
        var repeated = new LinkedHashMap<Subject, Repeated>();
        bySubject.forEach(
                (subject, times) -> {
                    if (within(times)) {
                        repeated.put(
                                subject,
                                new Repeated(times.size(), times.getFirst(), times.getLast()));
                    }
                });
        return repeated;
    }

    /// Once its settings were changed, what was before counts no more.
    private static void note(Map<Subject, List<Instant>> bySubject, Repair repair) {
        if (repair.verb().equals(AutovacuumPlan.VERB)) {
            bySubject.remove(repair.subject());
        } else {
            bySubject
                    .computeIfAbsent(repair.subject(), _ -> new java.util.ArrayList<>())
                    .add(repair.at());
        }
    }

    private static boolean within(List<Instant> times) {
        for (int i = ENOUGH - 1; i < times.size(); i++) {
            if (Duration.between(times.get(i - ENOUGH + 1), times.get(i)).compareTo(WITHIN) <= 0) {
                return true;
            }
        }
        return false;
    }
}
