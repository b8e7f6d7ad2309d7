package io.lakebaseops.notify;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.state.Outbox.Deed;
import io.lakebaseops.state.Outbox.Entry;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// An alert about a table whose name would like to be markup, in all its stages.
final class SampleAlerts {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final TargetId SHOP = new TargetId("p", "shop", "production");

    private SampleAlerts() {}

    static Alert warning(String id) {
        return of(id, Severity.WARNING, null, null, null, 0);
    }

    static Alert critical(String id) {
        return of(id, Severity.CRITICAL, null, null, NOON, 0);
    }

    static Alert of(
            String id,
            Severity severity,
            @Nullable Instant recovered,
            @Nullable String seenBy,
            @Nullable Instant criticalAt,
            int returns) {
        return new Alert(
                id,
                SHOP,
                MetricName.MAX_DEAD_TUPLE_RATIO,
                severity,
                0.31,
                0.25,
                Subject.table("shop", "sales", "or_ders <x>"),
                "Dead rows 31 % (sales.or_ders <x>), over the limit of 25 %",
                NOON,
                NOON,
                recovered,
                seenBy,
                null,
                NOON.minusSeconds(4),
                criticalAt,
                returns);
    }

    static Message message(Act act) {
        var alert =
                switch (act) {
                    case TRIGGER, ESCALATE -> critical("a1");
                    case ACKNOWLEDGE -> of("a1", Severity.CRITICAL, null, "kim", NOON, 0);
                    case RESOLVE ->
                            of("a1", Severity.CRITICAL, NOON.plusSeconds(240), "kim", NOON, 0);
                };
        return AlertMessage.of(
                alert,
                Entry.of(alert, "c", act, Severity.CRITICAL, NOON, NOON),
                List.of(new Deed("VACUUM ANALYZE sales.or_ders", "DONE", "policy")),
                NOON.plusSeconds(900));
    }
}
