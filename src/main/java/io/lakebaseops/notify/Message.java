package io.lakebaseops.notify;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/// What is said about an alert, in no channel's own form yet.
///
/// @param id of this message, the same at every try
/// @param key the same for everything that is said about one alert
/// @param sentence the verdict, readable alone
/// @param source the server
/// @param component the object
/// @param figures by their names, in order
/// @param deeds what the agents did or plan
/// @param link opens what the alert is about in the console, see {@link
///     io.lakebaseops.domain.ConsoleLink}
/// @param test nothing is wrong: somebody tries the channel
public record Message(
        UUID id,
        Act act,
        Severity severity,
        String key,
        String sentence,
        String source,
        String component,
        SequencedMap<String, String> figures,
        List<String> deeds,
        String link,
        Instant at,
        boolean test) {
    public Message {
        figures = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
        deeds = List.copyOf(deeds);
    }

    /// One word before the sentence: severity is a word, not only a colour.
    public String headline() {
        return switch (act) {
            case TRIGGER -> (severity == Severity.CRITICAL ? "Critical: " : "Warning: ") + sentence;
            case ESCALATE -> "Not acknowledged: " + sentence;
            case ACKNOWLEDGE -> "Acknowledged: " + sentence;
            case RESOLVE -> "Recovered: " + sentence;
        };
    }

    /// For people who read text alone.
    String plainText() {
        var lines = new ArrayList<String>();
        lines.add(headline());
        lines.add("");
        figures.forEach((name, value) -> lines.add(name + ": " + value));
        if (!deeds.isEmpty()) {
            lines.add("");
            lines.addAll(deeds);
        }
        lines.add("");
        lines.add(link);
        return String.join("\n", lines);
    }

    /// For programs.
    Map<String, @Nullable Object> fields() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", id.toString());
        fields.put("act", act.name().toLowerCase(java.util.Locale.ROOT));
        fields.put("severity", severity.name().toLowerCase(java.util.Locale.ROOT));
        fields.put("dedup_key", key);
        fields.put("summary", headline());
        fields.put("source", source);
        fields.put("component", component);
        fields.put("figures", figures);
        fields.put("agents", deeds);
        fields.put("link", link);
        fields.put("at", at.toString());
        fields.put("test", test);
        return fields;
    }
}
