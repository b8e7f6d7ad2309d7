package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Findings about replication slots that keep nothing back because they are lost or were never
/// used: by the WAL they hold, the broken one looks best.
record SlotFindings(Targets targets, SqlLibrary sql) {
    static final String LOST = "replication_slot_lost";
    static final String UNUSED = "replication_slot_unused";
    static final List<String> KINDS = List.of(LOST, UNUSED);

    private record Slot(
            String slotName,
            String slotType,
            boolean isLost,
            @Nullable String reason,
            @Nullable Instant inactiveSince) {}

    List<Finding> of(ToolContext context) {
        try (var session = targets.read(context.target(), context.deadline())) {
            return session.query(HealthSql.BROKEN_SLOTS, Map.of(), Slot.class).stream()
                    .map(slot -> finding(slot, context))
                    .toList();
        }
    }

    private Finding finding(Slot slot, ToolContext context) {
        var now = context.clock().instant();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("slot_name", slot.slotName());
        row.put("slot_type", slot.slotType());
        row.put("reason", slot.reason());
        row.put("inactive_since", slot.inactiveSince());
        return Finding.of(
                context.target(),
                slot.isLost() ? LOST : UNUSED,
                slot.isLost() ? Severity.CRITICAL : Severity.INFO,
                new Subject("slot", null, null, null, slot.slotName()),
                slot.isLost()
                        ? "replication slot %s is lost (%s): its consumer cannot go on and must be rebuilt; it keeps no WAL, and the slot can be dropped"
                                .formatted(
                                        slot.slotName(),
                                        slot.reason() == null ? "its WAL is gone" : slot.reason())
                        : "replication slot %s was never used: it keeps nothing back"
                                .formatted(slot.slotName()),
                new Confidence(1, "the server's own record of the slot"),
                null,
                CheckSql.of(sql, HealthSql.BROKEN_SLOTS, Map.of()),
                List.of(
                        new Evidence(
                                HealthSql.BROKEN_SLOTS.path(),
                                Map.of(),
                                new Rows(List.of(row)),
                                now)),
                now);
    }
}
