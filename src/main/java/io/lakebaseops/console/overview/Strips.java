package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The state of a watched figure over the chosen range, in slots of equal length: the worst value
/// in each, or that nobody watched.
final class Strips {
    private static final int SLOTS = 36;

    private Strips() {}

    static List<Slot> of(
            AlertRule rule,
            List<HealthBoard.Point> points,
            Duration back,
            @Nullable GeneratedHistory generated,
            Instant now,
            ZoneId zone) {
        var from = now.minus(back);
        @Nullable Role[] worst = new Role[SLOTS];
        for (var point : points) {
            long into = Duration.between(from, point.at()).toMillis();
            int slot = (int) (into * SLOTS / Math.max(1, back.toMillis()));
            if (slot >= 0 && slot < SLOTS) {
                var role = Role.of(rule.severityOf(point.value()).orElse(null));
                var known = worst[slot];
                worst[slot] = known == null || role.ordinal() > known.ordinal() ? role : known;
            }
        }
        return merged(worst, from, back.dividedBy(SLOTS), generated, zone);
    }

    /// Neighbours of one state are one slot with one tooltip.
    private static List<Slot> merged(
            @Nullable Role[] worst,
            Instant from,
            Duration each,
            @Nullable GeneratedHistory generated,
            ZoneId zone) {
        var slots = new ArrayList<Slot>();
        int start = 0;
        for (int i = 1; i <= worst.length; i++) {
            var begin = from.plus(each.multipliedBy(start));
            boolean made = generated != null && generated.reaches(begin);
            if (i < worst.length && worst[i] == worst[start]) {
                boolean stillMade =
                        generated != null && generated.reaches(from.plus(each.multipliedBy(i)));
                if (made == stillMade) {
                    continue;
                }
            }
            var role = worst[start];
            var words =
                    Format.time(begin, zone)
                            + " – "
                            + Format.time(from.plus(each.multipliedBy(i)), zone)
                            + (role == null ? Texts.of(" not watched") : " " + role.word())
                            + (made && role != null ? Texts.of(", generated") : "");
            slots.add(new Slot(i - start, role == null ? Role.UNAVAILABLE : role, words));
            start = i;
        }
        return slots;
    }
}
