package io.lakebaseops.ask.plan;

import io.lakebaseops.ask.names.ServerName;
import io.lakebaseops.ask.names.TimeSpan;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a plan is run with: the server, the names in the question, and the time it is about.
///
/// @param otherBranch one the question compares with
/// @param names by slot
/// @param numbers `pid`, `queryid`, `limit` by slot
/// @param time null when the question names none
/// @param awake whether the server may be asked without waking it
public record Asked(
        TargetId target,
        @Nullable String otherBranch,
        Map<String, ServerName> names,
        Map<String, String> numbers,
        @Nullable TimeSpan time,
        int usualHours,
        Instant now,
        ZoneId zone,
        boolean awake,
        Actor actor) {
    public Asked {
        names = Map.copyOf(names);
        numbers = Map.copyOf(numbers);
    }

    public TimeRange range() {
        return time == null
                ? TimeRange.before(now, Duration.ofHours(usualHours))
                : new TimeRange(time.from(), time.until());
    }

    /// How the range is called: `last 24 h`, `since yesterday`.
    public String spanWords() {
        return time == null ? "last %d h".formatted(usualHours) : time.words();
    }

    /// The database the names lie in; null for the server's usual one.
    public @Nullable String database() {
        var chosen = names.get("database");
        for (var name : names.values()) {
            if (!name.database().isEmpty()) {
                return name.database();
            }
        }
        return chosen == null ? null : chosen.name();
    }

    /// Everything that queries and sentences may name.
    public Map<String, @Nullable Object> variables() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        names.forEach(
                (slot, name) -> {
                    all.put(slot, name.display());
                    all.put(slot + "_name", name.name());
                    if (!name.schema().isEmpty()) {
                        all.put("schema_name", name.schema());
                    }
                });
        numbers.forEach((slot, value) -> all.put(slot, Long.valueOf(value)));
        var range = range();
        all.put("since", range.from());
        all.put("until", range.until());
        all.put("span_words", spanWords());
        all.put("branch", otherBranch == null ? target.branch() : otherBranch);
        all.put("home_branch", target.branch());
        all.put("project", target.project());
        return all;
    }
}
