package io.lakebaseops.console.fleet;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.lakehouse.history.FleetHistory.Stored;
import io.lakebaseops.state.Alerts.Alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the pane shows of the selected card besides what the card has: its alerts of a day, its
/// waiting plans, and the last values of one that sleeps.
///
/// @param alerts open ones
/// @param day alerts that were on within 24 hours
/// @param last by metric; empty where the card itself has values
record FleetDetail(
        String key,
        Instant at,
        List<Alert> alerts,
        List<Alert> day,
        List<PlanQueue.Group> plans,
        Map<MetricName, Stored> last) {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int ALERTS = 100;
    private static final int PLANS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    FleetDetail {
        alerts = List.copyOf(alerts);
        day = List.copyOf(day);
        plans = List.copyOf(plans);
        last = Map.copyOf(last);
    }

    /// Blocking.
    static FleetDetail read(ConsoleServices services, ServerCard card, Instant now) {
        var history = services.health().alerts().history(card.target(), ALERTS);
        var since = card.since();
        return new FleetDetail(
                card.key(),
                now,
                services.health().alerts().active(card.target()),
                history.stream().filter(a -> end(a, now).isAfter(now.minus(DAY))).toList(),
                services.queue().waiting(card.target(), Set.of(), PLANS),
                since != null && card.state() == FleetState.ASLEEP
                        ? services.health()
                                .fleet()
                                .around(card.target(), since, Deadline.in(PATIENCE))
                        : Map.of());
    }

    private static Instant end(Alert alert, Instant now) {
        var over = alert.recoveredAt();
        return over == null ? now : over;
    }

    /// The worst alert of each stretch of the last 24 hours.
    List<Slot> strip(ZoneId zone) {
        var from = at.minus(DAY);
        var cuts = new ArrayList<>(List.of(from, at));
        for (var a : day) {
            for (var moment : List.of(a.openedAt(), end(a, at))) {
                if (moment.isAfter(from) && moment.isBefore(at)) {
                    cuts.add(moment);
                }
            }
        }
        var sorted = cuts.stream().distinct().sorted().toList();
        var slots = new ArrayList<Slot>();
        for (int i = 1; i < sorted.size(); i++) {
            var start = sorted.get(i - 1);
            var until = sorted.get(i);
            var role =
                    day.stream()
                            .filter(
                                    a ->
                                            !a.openedAt().isAfter(start)
                                                    && !end(a, at).isBefore(until))
                            .max(Comparator.comparing(Alert::severity))
                            .map(a -> Role.of(a.severity()))
                            .orElse(Role.OK);
            slots.add(
                    new Slot(
                            Duration.between(start, until).toSeconds(),
                            role,
                            Texts.of(
                                    "%s to %s: %s",
                                    Format.time(start, zone),
                                    Format.time(until, zone),
                                    role == Role.OK ? Texts.of("no alert") : role.word())));
        }
        return slots;
    }

    /// How long an alert of this severity was the worst one, in words; empty for never.
    String hours(ZoneId zone) {
        var words = new ArrayList<String>();
        for (var role : List.of(Role.WARNING, Role.CRITICAL)) {
            double seconds =
                    strip(zone).stream()
                            .filter(s -> s.role() == role)
                            .mapToDouble(Slot::weight)
                            .sum();
            if (seconds > 0) {
                words.add(role.word() + " " + Format.digits(seconds / 3600) + " h");
            }
        }
        return words.isEmpty() ? Texts.of("no alert") : String.join(", ", words);
    }
}
