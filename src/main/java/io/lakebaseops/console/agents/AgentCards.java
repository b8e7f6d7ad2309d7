package io.lakebaseops.console.agents;

import io.lakebaseops.console.agents.AgentsSnapshot.AgentCard;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolReport;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The state of each agent. Judged from its jobs and the runs of its tools.
final class AgentCards {
    private final List<ToolDescriptor> tools;
    private final List<JobStatus> jobs;
    private final List<ToolReport> runs;
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
        var last = ran.stream().max(Comparator.comparing(ToolReport::startedAt)).orElse(null);
        var next =
                own.stream()
                        .map(JobStatus::next)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        var state = state(own, last);
        return new AgentCard(
                agent,
                roleOf(state),
                state,
                names.size(),
                ran.stream()
                        .filter(r -> r.startedAt().atZone(zone).toLocalDate().equals(today))
                        .count(),
                last == null ? null : last.startedAt(),
                next);
    }

    private static String state(
            List<JobStatus> own, @org.jspecify.annotations.Nullable ToolReport last) {
        if (own.stream().anyMatch(j -> j.running() != null)) {
            return "running";
        }
        if (!own.isEmpty() && own.stream().allMatch(JobStatus::paused)) {
            return "paused";
        }
        if (last != null && last.status() == ToolReport.Status.FAILED) {
            return "last run failed";
        }
        return last == null ? "not run yet" : "idle";
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
}
