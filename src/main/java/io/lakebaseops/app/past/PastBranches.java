package io.lakebaseops.app.past;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The generated past of the project's branches: a branch for each pull request, weekly ones of two
/// developers, and short ones of an agent. Each is gone again, since none of them exists.
record PastBranches(TargetId target, LoadCurve curve) {
    private static final int FIRST_PULL_REQUEST = 41;
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final Duration CI_LIFE = Duration.ofHours(4);
    private static final Duration DEV_LIFE = Duration.ofDays(7);
    private static final Duration AGENT_LIFE = Duration.ofHours(1);

    private record Who(String name, String kind) {}

    private static final Who CI = new Who("ci", "ci");
    private static final Who AGENT = new Who("provisioning", "agent");
    private static final Who PLATFORM = new Who("platform", "platform");

    List<Map<String, @Nullable Object>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var last = day(curve.until());
        int pull = FIRST_PULL_REQUEST;
        for (var day = day(curve.from()).plusDays(1); day.isBefore(last); day = day.plusDays(1)) {
            if (WEEKEND.contains(day.getDayOfWeek())) {
                continue;
            }
            var morning = day.atTime(8, 0).toInstant(ZoneOffset.UTC);
            long pulls = 1 + curve.whole("pull requests", morning, 0.9);
            for (int i = 0; i < pulls; i++) {
                pullRequest(rows, "ci-pr-" + pull++, morning.plus(Duration.ofMinutes(140L * i)));
            }
            if (day.getDayOfWeek() == DayOfWeek.MONDAY && !day.plusDays(5).isAfter(last)) {
                developer(rows, "anna", morning.plus(Duration.ofMinutes(35)));
                developer(rows, "ben", morning.plus(Duration.ofMinutes(82)));
            }
            if (curve.uniform("agent's branch", morning) < 0.3) {
                trial(rows, "ai-agent-index-" + day.toEpochDay(), morning.plus(CI_LIFE));
            }
        }
        return rows;
    }

    /// Closed in time, or past its end.
    private void pullRequest(
            List<Map<String, @Nullable Object>> rows, String branch, Instant opened) {
        rows.add(event(opened, branch, "created", CI_LIFE, CI, "a pull request was opened"));
        double closes = curve.uniform(branch, opened);
        if (closes < 0.25) {
            var late = opened.plus(Duration.ofHours(3));
            rows.add(event(late, branch, "extended", CI_LIFE, CI, "the pull request is open"));
            rows.add(gone(late.plus(CI_LIFE), branch, "expired", PLATFORM, "its time was over"));
        } else {
            var closed = opened.plus(Duration.ofMinutes(Math.round(30 + 190 * closes)));
            rows.add(gone(closed, branch, "deleted", CI, "the pull request was merged"));
        }
    }

    private void developer(List<Map<String, @Nullable Object>> rows, String name, Instant begun) {
        var who = new Who(name, "human");
        var branch = "dev-" + name;
        rows.add(event(begun, branch, "created", DEV_LIFE, who, "work of the week"));
        var reset = begun.plus(Duration.ofDays(2)).plus(Duration.ofMinutes(11));
        if (curve.uniform(branch, begun) < 0.7) {
            rows.add(event(reset, branch, "reset", DEV_LIFE, who, "data of today"));
        }
        var end = begun.plus(Duration.ofDays(4)).plus(Duration.ofHours(8));
        rows.add(gone(end, branch, "deleted", who, "done"));
    }

    private void trial(List<Map<String, @Nullable Object>> rows, String branch, Instant begun) {
        rows.add(event(begun, branch, "created", AGENT_LIFE, AGENT, "an index is tried"));
        rows.add(gone(begun.plus(Duration.ofMinutes(6)), branch, "deleted", AGENT, "tried"));
    }

    private Map<String, @Nullable Object> gone(
            Instant at, String branch, String kind, Who who, String reason) {
        return event(at, branch, kind, null, who, reason);
    }

    private Map<String, @Nullable Object> event(
            Instant at,
            String branch,
            String kind,
            @Nullable Duration life,
            Who who,
            String reason) {
        var row = PastRows.of(target, at);
        row.put("branch_id", branch);
        row.put("event_type", kind);
        row.put("source_branch", life == null ? null : target.branch());
        row.put("ttl_seconds", life == null ? null : life.toSeconds());
        row.put("is_protected", false);
        row.put("actor", who.name());
        row.put("actor_kind", who.kind());
        row.put("reason", reason);
        return row;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
