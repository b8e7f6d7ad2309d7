package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Project;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// A moment of a branch's past that its project still keeps.
final class PastMoment {
    private PastMoment() {}

    /// RFC 3339 with an offset, or how long ago as `15m`, `4h`, `2d`; null for now.
    static @Nullable Instant of(@Nullable String text, Instant now) {
        if (text == null || text.isBlank() || text.equals("now")) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            return now.minus(ago(text, e));
        }
    }

    private static Duration ago(String text, DateTimeParseException notATime) {
        var bare = text.strip().replaceFirst("\\s+ago$", "");
        try {
            var ago = CreateBranch.life(bare);
            if (ago != null) {
                return ago;
            }
        } catch (OpsException e) {
            notATime.addSuppressed(e);
        }
        throw new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Reading the moment to copy",
                "'%s' is neither a time nor a length of time".formatted(text),
                "write 2026-05-01T08:30:00Z, or 15m for a quarter of an hour ago",
                notATime);
    }

    /// Null when the platform can be asked for it. It may still keep less, as of a young branch.
    static @Nullable String obstacle(Instant moment, Project project, Instant now) {
        if (moment.isAfter(now)) {
            return moment + " lies in the future";
        }
        var kept = project.historyRetention();
        if (!kept.isZero() && moment.isBefore(now.minus(kept))) {
            return "%s is before the %d days of history that %s keeps"
                    .formatted(moment, kept.toDays(), project.id());
        }
        return null;
    }
}
