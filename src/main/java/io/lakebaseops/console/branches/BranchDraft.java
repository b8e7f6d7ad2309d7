package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchName;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.BranchRules;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A branch somebody is about to ask for, as typed.
///
/// @param life `4 h`, `7 d`, `none`; empty: by the type of its name
/// @param at moment of the source's past: `2 h ago`, `09:10`, `2026-11-27 09:10`; empty: now
record BranchDraft(String source, String wish, String life, String at, String reason) {
    static final String NO_END = "none";
    private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(min|m|h|d)(\\s+ago)?");
    private static final DateTimeFormatter DAY_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss]", Locale.ROOT);

    /// What the draft comes to, or what is wrong with each of its fields; empty texts where nothing
    /// is.
    ///
    /// @param name by the policy
    /// @param ttl null = no expiry
    /// @param at null = now
    record Checked(
            String name,
            String type,
            @Nullable Duration ttl,
            @Nullable Instant at,
            String nameProblem,
            String lifeProblem,
            String atProblem,
            String problem) {
        boolean good() {
            return nameProblem.isEmpty()
                    && lifeProblem.isEmpty()
                    && atProblem.isEmpty()
                    && problem.isEmpty();
        }
    }

    BranchDraft wish(String text) {
        return new BranchDraft(source, text, life, at, reason);
    }

    BranchDraft life(String text) {
        return new BranchDraft(source, wish, text, at, reason);
    }

    BranchDraft at(String text) {
        return new BranchDraft(source, wish, life, text, reason);
    }

    BranchDraft reason(String text) {
        return new BranchDraft(source, wish, life, at, text);
    }

    Checked check(BranchRules rules, Instant now, ZoneId zone) {
        var name = "";
        var type = BranchPolicy.EPHEMERAL;
        var nameProblem = "";
        if (wish.isBlank()) {
            nameProblem = Texts.of("A name is needed");
        } else {
            try {
                var named = BranchName.of(wish, BranchPolicy.EPHEMERAL, rules.policy());
                name = named.value();
                type = named.type();
                if (rules.known().find(name).isPresent()) {
                    nameProblem = Texts.of("%s is there already", name);
                }
            } catch (OpsException e) {
                nameProblem = e.why() + ": " + e.remedy();
            }
        }
        var lifeProblem = "";
        var byType = rules.policy().type(type).map(BranchPolicy.Type::ttl).orElse(null);
        var ttl = byType;
        if (life.strip().equalsIgnoreCase(NO_END)) {
            ttl = null;
        } else if (!life.isBlank()) {
            ttl = span(life).filter(Duration::isPositive).orElse(null);
            lifeProblem = ttl == null ? Texts.of("Write 30 min, 4 h, 7 d or none") : "";
        }
        var moment = parsed(now, zone);
        var atProblem =
                at.isBlank() || moment.isPresent()
                        ? ""
                        : Texts.of("Write a time as 09:10 or 2026-11-27 09:10, or 2 h ago");
        var problem = "";
        if (lifeProblem.isEmpty() && atProblem.isEmpty()) {
            var from = rules.known().find(source).orElse(null);
            problem =
                    from == null
                            ? Texts.of("there is no branch %s", source)
                            : rules.whyNoCopy(from, ttl, moment.orElse(null), now).orElse("");
        }
        return new Checked(
                name, type, ttl, moment.orElse(null), nameProblem, lifeProblem, atProblem, problem);
    }

    static Optional<Duration> span(String text) {
        var m = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches() || m.group(1).length() > 6) {
            return Optional.empty();
        }
        long n = Long.parseLong(m.group(1));
        return Optional.of(
                switch (m.group(2)) {
                    case "d" -> Duration.ofDays(n);
                    case "h" -> Duration.ofHours(n);
                    default -> Duration.ofMinutes(n);
                });
    }

    private Optional<Instant> parsed(Instant now, ZoneId zone) {
        var text = at.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("now")) {
            return Optional.empty();
        }
        var ago = span(text);
        if (ago.isPresent()) {
            return Optional.of(now.minus(ago.get()));
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notOffset) {
            return local(text, now, zone);
        }
    }

    /// A time of day is the last one before now.
    private static Optional<Instant> local(String text, Instant now, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(text, DAY_TIME).atZone(zone).toInstant());
        } catch (DateTimeParseException notDay) {
            try {
                var time = LocalTime.parse(text);
                var today = ZonedDateTime.ofInstant(now, zone).with(time);
                var last = today.toInstant().isAfter(now) ? today.minusDays(1) : today;
                return Optional.of(last.toInstant());
            } catch (DateTimeParseException notTime) {
                return Optional.empty();
            }
        }
    }

    static String moment(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                .format(at.atZone(zone));
    }

    /// As the graph shows it before it is there.
    BranchLife preview(Checked checked, Instant now) {
        var ttl = checked.ttl();
        return new BranchLife(
                new Branch(
                        "",
                        checked.name().isEmpty() ? Texts.of("new branch") : checked.name(),
                        "",
                        "PREVIEW",
                        false,
                        false,
                        source,
                        ttl == null ? null : now.plus(ttl),
                        0,
                        now,
                        null,
                        checked.at()),
                checked.type(),
                null,
                null,
                now,
                null);
    }
}
