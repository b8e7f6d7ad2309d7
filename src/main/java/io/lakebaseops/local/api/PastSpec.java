package io.lakebaseops.local.api;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reads which past of its source a new branch shall show, and refuses one that is no longer kept.
record PastSpec(ApiContext plane) {
    private static final String TIME = "source_branch_time";
    private static final String LSN = "source_branch_lsn";

    /// Null = the source as it is now.
    @Nullable PastPoint of(Fields spec, String source, Instant now) {
        Instant time = spec.time(TIME);
        String text = spec.text(LSN);
        if (time != null && text != null) {
            throw Refusal.invalid("only one of spec." + TIME + " and spec." + LSN + " may be set");
        }
        if (time == null && text == null) {
            return null;
        }
        BranchRow row = plane.read(s -> s.liveBranch(source));
        BranchRules.mayHaveChildren(row);
        PastPoint point = time != null ? moment(time, source, now) : position(String.valueOf(text));
        Optional<String> obstacle = plane.room().pastObstacle(row.uid(), point);
        if (obstacle.isPresent()) {
            String field = time != null ? TIME : LSN;
            throw Refusal.invalid("spec." + field + ": " + obstacle.get());
        }
        return point;
    }

    private PastPoint moment(Instant time, String source, Instant now) {
        if (time.isAfter(now)) {
            throw Refusal.invalid("spec." + TIME + ": " + time + " lies in the future");
        }
        Duration window =
                plane.read(s -> s.liveProject(Names.parent(source)).settings().historyRetention());
        if (time.isBefore(now.minus(window))) {
            throw Refusal.invalid(
                    "spec.%s: %s is before the history retention window of %d hours, which reaches"
                                    .formatted(TIME, time, window.toHours())
                            + " back to "
                            + now.minus(window));
        }
        // Commit times have microseconds.
        return new PastPoint.Moment(time.truncatedTo(ChronoUnit.MICROS));
    }

    private static PastPoint position(String text) {
        try {
            return new PastPoint.Position(Lsn.parse(text));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("spec." + LSN + ": " + e.getMessage());
        }
    }
}
