package io.lakebaseops.config;

import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is told about alerts: the channels, which severity goes where, what follows when nobody
/// answers, and the hours in which warnings wait.
///
/// @param routes names of channels by severity
/// @param escalation null when nothing follows
/// @param quiet null when warnings never wait
public record NotificationConfig(
        List<NotificationChannel> channels,
        Map<Severity, List<String>> routes,
        @Nullable Escalation escalation,
        @Nullable QuietHours quiet) {
    public static final NotificationConfig NONE =
            new NotificationConfig(List.of(), Map.of(), null, null);

    public NotificationConfig {
        channels = List.copyOf(channels);
        var all = new EnumMap<Severity, List<String>>(Severity.class);
        routes.forEach((severity, names) -> all.put(severity, List.copyOf(names)));
        routes = Map.copyOf(all);
    }

    /// A critical alert that nobody acknowledged goes to the first channel after this time, to the
    /// next one after this time again, and so on.
    public record Escalation(Duration after, List<String> channels) {
        public Escalation {
            channels = List.copyOf(channels);
            if (after.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException("escalation.after is a minute at least");
            }
        }
    }

    /// Warnings that arise in these hours are told at their end, if they are still there. Critical
    /// alerts never wait.
    public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
        public QuietHours {
            if (from.equals(until)) {
                throw new IllegalArgumentException("quiet_hours last all day: name no route");
            }
        }

        /// The end of the quiet hours that are now; this moment when there are none.
        public Instant over(Instant now) {
            var here = now.atZone(zone);
            var time = here.toLocalTime();
            boolean overnight = until.isBefore(from);
            boolean within =
                    overnight
                            ? !time.isBefore(from) || time.isBefore(until)
                            : !time.isBefore(from) && time.isBefore(until);
            if (!within) {
                return now;
            }
            var day = time.isBefore(until) ? here.toLocalDate() : here.toLocalDate().plusDays(1);
            return day.atTime(until).atZone(zone).toInstant();
        }
    }

    public List<String> route(Severity severity) {
        return routes.getOrDefault(severity, List.of());
    }

    public Optional<NotificationChannel> channel(String name) {
        return channels.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
