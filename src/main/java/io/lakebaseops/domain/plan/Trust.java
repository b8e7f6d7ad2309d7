package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// How far one kind of act on one server has proved itself. Low-risk acts run without asking until
/// one fails; then a person decides until the kind has proved itself again.
///
/// @param verb the kind of act, as the button says it: `Vacuum`
/// @param verified outcomes confirmed by their proofs since the last failure
/// @param failedAt the last failure; null when there was none
public record Trust(String verb, int verified, @Nullable Instant failedAt) {
    /// Verified outcomes in a row that win trust back: one may be luck.
    public static final int REGAINED = 3;

    /// Must a person be asked, though the risk is low?
    public boolean lost() {
        return failedAt != null && verified < REGAINED;
    }

    /// One sentence.
    public String words() {
        if (failedAt != null && lost()) {
            return "asks first: it failed at %s, %d of %d verified since"
                    .formatted(Format.utc(failedAt), verified, REGAINED);
        }
        var inARow = Format.count(verified, "verified outcome") + " in a row";
        return failedAt == null ? inARow : inARow + " since it failed at " + Format.utc(failedAt);
    }
}
