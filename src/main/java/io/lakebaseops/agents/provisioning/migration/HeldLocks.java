package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The locks that one transaction holds while it goes on. Locks last until its end, so a brief one
/// becomes long when something slow follows.
final class HeldLocks {
    private static final double SLOW_SECONDS = 1;

    private final Map<String, Integer> exclusive = new LinkedHashMap<>();
    private @Nullable String slowAfter;
    private double slowSeconds;
    private int slowLine;

    void then(DdlAct act, String relation, @Nullable TableSize table, int line) {
        var form = act.form();
        if (table != null && form.work() != DdlForm.Work.NOTHING) {
            var cost = HazardCost.of(form.work(), act.lock(), table, null);
            boolean others = exclusive.keySet().stream().anyMatch(r -> !r.equals(relation));
            boolean validates = form == DdlForm.VALIDATE && exclusive.containsKey(relation);
            if ((others || validates) && cost.high() >= SLOW_SECONDS) {
                slowAfter = form.words() + " on " + table.display();
                slowSeconds += cost.high();
                slowLine = line;
            }
        }
        if (act.lock().compareTo(LockLevel.SHARE_ROW_EXCLUSIVE) >= 0) {
            exclusive.putIfAbsent(relation, line);
        }
    }

    boolean blocking() {
        return !exclusive.isEmpty();
    }

    int firstLine() {
        return exclusive.isEmpty() ? 1 : exclusive.values().iterator().next();
    }

    @Nullable String firstRelation() {
        return exclusive.isEmpty() ? null : exclusive.keySet().iterator().next();
    }

    void hazards(String file, List<Hazard> hazards) {
        var slow = slowAfter;
        if (slow != null) {
            hazards.add(
                    new Hazard(
                            "LOCK_HELD_DURING_SLOW_WORK",
                            slowSeconds >= 10 ? Severity.CRITICAL : Severity.WARNING,
                            file,
                            slowLine,
                            firstRelation(),
                            LockLevel.ACCESS_EXCLUSIVE,
                            0,
                            slowSeconds,
                            null,
                            "%s stays locked while %s works".formatted(firstRelation(), slow),
                            "put the slow statement into a migration of its own"));
        }
        if (exclusive.size() > 1) {
            hazards.add(
                    new Hazard(
                            "SEVERAL_TABLES_LOCKED",
                            exclusive.size() > 3 ? Severity.WARNING : Severity.INFO,
                            file,
                            firstLine(),
                            firstRelation(),
                            LockLevel.ACCESS_EXCLUSIVE,
                            0,
                            0,
                            null,
                            "one transaction locks "
                                    + String.join(", ", exclusive.keySet())
                                    + ": a program that takes them in another order deadlocks",
                            "one table per migration"));
        }
    }
}
