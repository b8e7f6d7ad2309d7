package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.agents.AgentsSnapshot.AgentCard;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The sentence at the top of the agents screen: green only when no job and no run of an agent
/// failed and none is paused.
///
/// @param strong the names in it that are drawn heavier
record AgentsVerdict(Role role, String sentence, List<String> strong) {
    AgentsVerdict {
        strong = List.copyOf(strong);
    }

    static AgentsVerdict of(AgentsSnapshot p, ConsoleSession session) {
        var failed =
                p.jobs().stream()
                        .filter(j -> j.last() != null && j.last().state() == JobRunState.FAILED)
                        .toList();
        var paused = p.jobs().stream().filter(JobStatus::paused).toList();
        var ill = p.agents().stream().filter(a -> a.problem() != null).toList();
        var parts = new ArrayList<String>();
        var strong = new ArrayList<String>();
        if (!failed.isEmpty()) {
            var job = failed.getFirst();
            var name = ToolWords.title(job.definition().name());
            strong.add(name);
            parts.add(
                    Texts.of(
                            "%d of %s failed last time: %s%s",
                            failed.size(), Texts.count(p.jobs().size(), "job"), name, why(job)));
        } else if (!ill.isEmpty()) {
            strong.add(ToolWords.title(ill.getFirst().name()));
            parts.add(
                    Texts.of(
                            "%s has a problem: %s",
                            ToolWords.title(ill.getFirst().name()),
                            ToolWords.brief(Objects.requireNonNull(ill.getFirst().problem()))));
        }
        if (!paused.isEmpty()) {
            parts.add(
                    Texts.count(paused.size(), "job")
                            + (paused.size() == 1
                                    ? Texts.of(" is paused")
                                    : Texts.of(" are paused")));
        }
        var role =
                !failed.isEmpty() || !ill.isEmpty() || !paused.isEmpty() ? Role.WARNING : Role.OK;
        if (parts.isEmpty() && p.agents().stream().allMatch(a -> a.last() == null)) {
            parts.add(Texts.of("No agent has run yet"));
            role = Role.MUTED;
        } else if (parts.isEmpty()) {
            parts.add(
                    Texts.of(
                            "All %d agents work: %s, %s, no failure",
                            p.agents().size(),
                            Texts.count(p.tools().size(), "tool"),
                            Texts.count(p.jobs().size(), "job")));
        }
        long running = p.jobs().stream().filter(j -> j.running() != null).count();
        if (running > 0) {
            parts.add(Texts.of("%s running", running));
        }
        p.agents().stream()
                .map(AgentCard::next)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(
                        n ->
                                parts.add(
                                        Texts.of(
                                                "Next run %s",
                                                Texts.clock(n, session.now(), session.zone()))));
        return new AgentsVerdict(role, String.join(". ", parts) + ".", strong);
    }

    private static String why(JobStatus job) {
        var log = Objects.requireNonNull(job.last()).log();
        return log.isEmpty() ? "" : ", " + ToolWords.brief(log.getLast());
    }
}
