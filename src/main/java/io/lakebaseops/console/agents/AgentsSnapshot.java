package io.lakebaseops.console.agents;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The agents, their tools, jobs and runs at one moment.
record AgentsSnapshot(
        List<AgentCard> agents,
        List<JobStatus> jobs,
        List<ToolLine> tools,
        List<RunLine> runs,
        List<ActivityTimeline.Entry> moments) {
    AgentsSnapshot {
        agents = List.copyOf(agents);
        jobs = List.copyOf(jobs);
        tools = List.copyOf(tools);
        runs = List.copyOf(runs);
        moments = List.copyOf(moments);
    }

    /// @param state `running`, `idle`, `last run failed`, `paused`
    /// @param last when one of its tools last ran
    /// @param next when one of its jobs runs next
    /// @param day the last 24 hours, one box an hour
    /// @param problem what failed last and has not succeeded since; null when nothing did
    record AgentCard(
            String name,
            Role role,
            String state,
            int tools,
            long runsToday,
            @Nullable Instant last,
            @Nullable Instant next,
            List<Slot> day,
            @Nullable String problem) {
        AgentCard {
            day = List.copyOf(day);
        }
    }

    /// @param last its newest run; null when it never ran
    record ToolLine(ToolDescriptor tool, @Nullable ToolReport last) {}
}
