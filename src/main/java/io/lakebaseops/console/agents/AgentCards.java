package io.lakebaseops.console.agents;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.agents.AgentsSnapshot.AgentCard;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Format;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The state of each agent. Judged from its jobs and the runs of its tools; what a person asked for
/// and got wrong makes no agent look ill.
final class AgentCards {
    private static final int HOURS = 24;

    private final List<ToolDescriptor> tools;
    private final List<JobStatus> jobs;
    private final List<ToolReport> runs;
    private final Instant now;
    private final LocalDate today;
    private final ZoneId zone;

    AgentCards(
            List<ToolDescriptor> tools,
            List<JobStatus> jobs,
            List<ToolReport> runs,
            Instant now,
            ZoneId zone) {
        this.tools = tools;
        this.jobs = jobs;
        this.runs = runs;
        this.now = now;
        this.zone = zone;
        today = now.atZone(zone).toLocalDate();
    }

    List<AgentCard> all() {
        return tools.stream().map(ToolDescriptor::agent).distinct().map(this::card).toList();
    }

    private AgentCard card(String agent) {
        Set<String> names =
                tools.stream()
                        .filter(t -> t.agent().equals(agent))
                        .map(ToolDescriptor::name)
                        .collect(Collectors.toSet());
        var own =
                jobs.stream()
                        .filter(j -> j.definition().tools().stream().anyMatch(names::contains))
                        .toList();
        var ran = runs.stream().filter(r -> names.contains(r.tool())).toList();
        var last = newest(ran);
        var judged = newest(ran.stream().filter(AgentCards::byItself).toList());
        var next =
                own.stream()
                        .map(JobStatus::next)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        var state = state(own, last, judged);
        return new AgentCard(
                agent,
                roleOf(state),
                state,
                names.size(),
                ran.stream()
                        .filter(r -> r.startedAt().atZone(zone).toLocalDate().equals(today))
                        .count(),
                last == null ? null : last.startedAt(),
                next,
                day(ran),
                problem(ran));
    }

    private static @Nullable ToolReport newest(List<ToolReport> runs) {
        return runs.stream().max(Comparator.comparing(ToolReport::startedAt)).orElse(null);
    }

    private static boolean byItself(ToolReport run) {
        return run.actor().kind() != Actor.Kind.HUMAN;
    }

    private static String state(
            List<JobStatus> own, @Nullable ToolReport last, @Nullable ToolReport judged) {
        if (own.stream().anyMatch(j -> j.running() != null)) {
            return Texts.of("running");
        }
        if (!own.isEmpty() && own.stream().allMatch(JobStatus::paused)) {
            return Texts.of("paused");
        }
        if (judged != null && judged.status() == ToolReport.Status.FAILED) {
            return Texts.of("last run failed");
        }
        return last == null ? Texts.of("not run yet") : Texts.of("idle");
    }

    private static Role roleOf(String state) {
        return switch (state) {
            case "running" -> Role.INFO;
            case "last run failed" -> Role.CRITICAL;
            case "paused" -> Role.WARNING;
            case "not run yet" -> Role.MUTED;
            default -> Role.OK;
        };
    }

    /// The last 24 hours, a box an hour with the worst run in it.
    private List<Slot> day(List<ToolReport> ran) {
        var from = now.minus(Duration.ofHours(HOURS));
        var worst = new Role[HOURS];
        int[] count = new int[HOURS];
        for (var run : ran) {
            long hour = Duration.between(from, run.startedAt()).toHours();
            if (run.startedAt().isBefore(from) || hour >= HOURS || !byItself(run)) {
                continue;
            }
            int at = (int) hour;
            count[at]++;
            var role = role(run);
            worst[at] = worst[at] == null || worse(role, worst[at]) ? role : worst[at];
        }
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < HOURS; i++) {
            var since = Format.time(from.plus(Duration.ofHours(i)), zone);
            slots.add(
                    worst[i] == null
                            ? new Slot(1, Role.MUTED, Texts.of("%s no run", since))
                            : new Slot(
                                    1,
                                    worst[i],
                                    since
                                            + " "
                                            + Texts.count(count[i], "run")
                                            + ", "
                                            + words(worst[i])));
        }
        return slots;
    }

    private static boolean worse(Role one, Role other) {
        return one.ordinal() > other.ordinal();
    }

    private static Role role(ToolReport run) {
        return switch (run.status()) {
            case OK, CANCELLED -> run.caveats().isEmpty() ? Role.OK : Role.WARNING;
            case UNAVAILABLE -> Role.WARNING;
            case FAILED -> Role.CRITICAL;
        };
    }

    private static String words(Role role) {
        return switch (role) {
            case CRITICAL -> Texts.of("a failure among them");
            case WARNING -> Texts.of("not everything could be read");
            default -> Texts.of("all ok");
        };
    }

    /// The newest failure of the last day, as long as the same tool has not succeeded since.
    private @Nullable String problem(List<ToolReport> ran) {
        var from = now.minus(Duration.ofHours(HOURS));
        for (var name : ran.stream().map(ToolReport::tool).distinct().toList()) {
            var last =
                    newest(ran.stream().filter(r -> r.tool().equals(name) && byItself(r)).toList());
            if (last != null
                    && last.status() != ToolReport.Status.OK
                    && last.startedAt().isAfter(from)
                    && last.error() != null) {
                return ToolWords.title(name) + ": " + last.error();
            }
        }
        return null;
    }
}
