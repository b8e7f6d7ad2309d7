package io.lakebaseops.framework;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.work.TaskContext;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.state.Findings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Files the remedies of findings as work of its own: with its own deadline, one look per database,
/// plans in batches. What goes wrong with one remedy is a caveat; the others are filed.
///
/// Two batches are under way at a time: while the database stores one, the next is made ready.
final class RemedyFiling {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /// Small enough to be cancelled between two, large enough that a transaction pays.
    private static final int BATCH = 500;

    private static final int AT_A_TIME = 2;

    private final TaskExecutor room;
    private final PlanSubmitter gate;
    private final Findings findings;
    private final Clock clock;

    RemedyFiling(TaskExecutor room, PlanSubmitter gate, Findings findings, Clock clock) {
        this.room = room;
        this.gate = gate;
        this.findings = findings;
        this.clock = clock;
    }

    record Filed(List<FiledPlan> plans, List<String> caveats) {
        Filed {
            plans = List.copyOf(plans);
            caveats = List.copyOf(caveats);
        }
    }

    /// Waits until they are filed, and never fails: what could not be filed is said.
    Filed file(ToolRun run, ReadTool<?, ?> tool, List<Finding> due) {
        // Kept outside the work: if it is given up, what was filed until then still counts.
        List<FiledPlan> plans = Collections.synchronizedList(new ArrayList<>());
        List<String> caveats = Collections.synchronizedList(new ArrayList<>());
        return room.start(
                        new TaskSpec<>(
                                "remedies of " + run.tool() + " on " + run.target(),
                                TIMEOUT,
                                TaskSpec.GRACE,
                                scope -> {
                                    perDatabase(due)
                                            .forEach(
                                                    (database, some) ->
                                                            caveats.addAll(
                                                                    file(
                                                                            run, tool, database,
                                                                            some, scope, plans)));
                                    return new Filed(plans, caveats);
                                },
                                failure -> {
                                    caveats.add("not all remedies were filed: " + failure.why());
                                    return new Filed(plans, caveats);
                                }))
                .join();
    }

    private static Map<String, List<Finding>> perDatabase(List<Finding> due) {
        var groups = new LinkedHashMap<String, List<Finding>>();
        for (var finding : due) {
            var remedy = finding.remedy();
            if (remedy != null) {
                groups.computeIfAbsent(remedy.database(), _ -> new ArrayList<>()).add(finding);
            }
        }
        return groups;
    }

    private List<String> file(
            ToolRun run,
            ReadTool<?, ?> tool,
            String database,
            List<Finding> due,
            TaskContext scope,
            List<FiledPlan> plans) {
        ReadTool.Remedies remedies;
        try {
            remedies = tool.remedies(database, due, run.context(scope));
        } catch (OpsException e) {
            scope.deadline().check("Planning remedies");
            return List.of(
                    "the remedies in database %s were not planned: %s"
                            .formatted(database, e.why()));
        }
        var caveats = Collections.synchronizedList(new ArrayList<>(remedies.skipped()));
        var held = new ArrayList<FiledPlan>();
        var keys = keys(due);
        var all = remedies.plans();
        var batches = new ArrayDeque<CompletableFuture<List<FiledPlan>>>();
        try {
            for (int from = 0; from < all.size(); from += BATCH) {
                var batch = all.subList(from, Math.min(from + BATCH, all.size()));
                if (batches.size() == AT_A_TIME) {
                    take(batches.removeFirst().join(), keys, plans, held);
                }
                scope.deadline().check("Filing remedies");
                scope.progress(
                        (double) from / all.size(),
                        "filing remedy %,d of %,d".formatted(from + 1, all.size()));
                batches.add(
                        CompletableFuture.supplyAsync(
                                () -> file(batch, caveats), room.executor("remedies")));
            }
        } finally {
            batches.forEach(filed -> take(filed.join(), keys, plans, held));
        }
        if (!held.isEmpty()) {
            // Asked again by every run: the gate lets them in when the facts have changed.
            caveats.add(
                    "%,d remedies are held back, because a person said no: %s (%s)"
                            .formatted(
                                    held.size(),
                                    held.getFirst().plan().title(),
                                    held.getFirst().reason()));
        }
        return List.copyOf(caveats);
    }

    private void take(
            List<FiledPlan> answers,
            Map<String, String> keys,
            List<FiledPlan> plans,
            List<FiledPlan> held) {
        var filed = new ArrayList<FiledPlan>();
        for (var answer : answers) {
            (answer.state() == FiledPlan.State.HELD_BACK ? held : filed).add(answer);
        }
        plans.addAll(filed);
        note(keys, filed);
    }

    /// When a batch is refused, one by one: a plan that cannot be filed must not cost the others.
    private List<FiledPlan> file(List<ChangePlan> batch, List<String> caveats) {
        try {
            return gate.fileAll(batch);
        } catch (OpsException refusedAsAWhole) {
            var filed = new ArrayList<FiledPlan>();
            for (var plan : batch) {
                try {
                    filed.add(gate.file(plan));
                } catch (OpsException e) {
                    caveats.add("not filed: %s: %s".formatted(plan.title(), e.why()));
                }
            }
            return filed;
        }
    }

    private static Map<String, String> keys(List<Finding> due) {
        var keys = new HashMap<String, String>();
        for (var finding : due) {
            keys.put(finding.fingerprint(), Objects.requireNonNull(finding.remedy()).key());
        }
        return keys;
    }

    /// So that the next run plans only what is new, changed or expired.
    private void note(Map<String, String> keys, List<FiledPlan> filed) {
        var waiting = new HashMap<String, String>();
        Instant until = null;
        for (var plan : filed) {
            var fingerprint = plan.plan().findingFingerprint();
            var key = fingerprint == null ? null : keys.get(fingerprint);
            if (fingerprint != null && key != null) {
                waiting.put(fingerprint, key);
                var expires = plan.plan().expiresAt();
                until = until == null || expires.isBefore(until) ? expires : until;
            }
        }
        findings.remedied(waiting, until == null ? clock.instant() : until);
    }
}
