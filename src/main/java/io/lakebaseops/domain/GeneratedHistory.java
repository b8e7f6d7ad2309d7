package io.lakebaseops.domain;

import java.time.Instant;
import java.time.ZoneId;

/// The stretch of a server's history that was generated for demonstration and not measured. What
/// lies in it is `simulated` in every table; measuring begins where it ends.
public record GeneratedHistory(Instant from, Instant until) {
    public GeneratedHistory {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("It ends after it begins");
        }
    }

    /// Is what is shown from this moment on generated, in part at least?
    public boolean reaches(Instant moment) {
        return until.isAfter(moment);
    }

    /// As screens say it: `generated until 14:05`.
    public String words(Instant now, ZoneId zone) {
        return words(until, now, zone);
    }

    /// The same of an answer whose newest generated row is known.
    public static String words(Instant until, Instant now, ZoneId zone) {
        return "generated until " + Format.clock(until, now, zone);
    }

    /// The caveat of an answer that rests on such rows, for those who have no time zone.
    public static String caveat(Instant until) {
        return "the history until %s was generated for demonstration, not measured"
                .formatted(Format.utc(until));
    }
}
