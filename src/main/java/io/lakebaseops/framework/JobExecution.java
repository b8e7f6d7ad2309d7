package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskContext;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One pass of a job: its tools in order on every awake target, a few targets at a time.
final class JobExecution {
    /// Fifty targets must not mean fifty simultaneous looks from one laptop.
    private static final int LANES = 4;

    private final AgentFramework framework;
    private final Supplier<List<TargetId>> targets;
    private final TargetFilter filter;
    private final TaskExecutor room;

    JobExecution(
            AgentFramework framework,
            Supplier<List<TargetId>> targets,
            TargetFilter filter,
            TaskExecutor room) {
        this.framework = framework;
        this.targets = targets;
        this.filter = filter;
        this.room = room;
    }

    /// @return FAILED if a tool failed, which an unavailable one did not; SKIPPED if no tool could
    ///     run
    JobScheduler.JobRunState run(
            JobScheduler.JobDefinition job, TaskContext scope, Consumer<String> line)
            throws InterruptedException {
        var visits = visits(job);
        int total = Math.max(1, visits.stream().mapToInt(v -> v.tools().size()).sum());
        var done = new AtomicInteger();
        var unavailable = new AtomicInteger();
        var free = new Semaphore(LANES);
        var lanes = new ArrayList<Work<Boolean>>();
        for (var visit : visits) {
            free.acquire();
            scope.deadline().check(job.name());
            var lane =
                    room.start(
                            new TaskSpec<Boolean>(
                                    job.name() + " on " + visit.target(),
                                    job.timeout(),
                                    TaskSpec.GRACE,
                                    inner -> {
                                        try {
                                            return visit(
                                                    visit,
                                                    inner,
                                                    line,
                                                    scope,
                                                    done,
                                                    unavailable,
                                                    total);
                                        } finally {
                                            free.release();
                                        }
                                    },
                                    failure -> failed(visit, failure, line)));
            scope.deadline().onCancel(lane::cancel);
            lanes.add(lane);
        }
        boolean good = true;
        for (var lane : lanes) {
            good &= lane.join();
        }
        if (scope.deadline().cancelled()) {
            // The lanes ended because they were stopped; that is no verdict on the targets.
            scope.deadline().check(job.name());
        }
        if (!good) {
            return JobScheduler.JobRunState.FAILED;
        }
        boolean none = !visits.isEmpty() && unavailable.get() == total;
        return none ? JobScheduler.JobRunState.SKIPPED : JobScheduler.JobRunState.OK;
    }

    private record Visit(TargetId target, List<String> tools, boolean needsCompute) {}

    /// A tool about a project runs once per project, on whichever of its branches comes first, and
    /// wakes nothing; a plain PostgreSQL belongs to none; a tool about the console runs once.
    private List<Visit> visits(JobScheduler.JobDefinition job) {
        var visits = new ArrayList<Visit>();
        var projects = new HashSet<String>();
        for (var target : targets.get()) {
            boolean firstOfProject =
                    !target.plain() && projects.add(target.profile() + "/" + target.project());
            boolean first = visits.isEmpty();
            var wide =
                    job.tools().stream()
                            .filter(
                                    t ->
                                            switch (scope(t)) {
                                                case CONSOLE -> first;
                                                case PROJECT -> firstOfProject;
                                                case BRANCH -> false;
                                            })
                            .toList();
            var own =
                    job.tools().stream()
                            .filter(t -> scope(t) == ToolDescriptor.Scope.BRANCH)
                            .toList();
            visits.add(new Visit(target, wide, false));
            visits.add(new Visit(target, own, true));
        }
        visits.removeIf(v -> v.tools().isEmpty());
        return visits;
    }

    private ToolDescriptor.Scope scope(String tool) {
        return descriptor(tool).scope();
    }

    private ToolDescriptor descriptor(String tool) {
        return framework.catalog().find(tool).orElseThrow().descriptor();
    }

    private boolean visit(
            Visit visit,
            TaskContext inner,
            Consumer<String> line,
            TaskContext outer,
            AtomicInteger done,
            AtomicInteger unavailable,
            int total) {
        if (visit.needsCompute() && !filter.awake(visit.target(), inner.deadline())) {
            line.accept(visit.target() + ": suspended, left asleep");
            outer.progress(done.addAndGet(visit.tools().size()) / (double) total, "");
            return true;
        }
        boolean good = true;
        for (var tool : visit.tools()) {
            inner.deadline().check(tool);
            outer.progress(done.get() / (double) total, tool + " on " + visit.target());
            var report =
                    framework.run(
                            tool,
                            JsonNodeFactory.instance.objectNode(),
                            visit.target(),
                            Actor.agent(descriptor(tool).agent()),
                            inner.deadline());
            line.accept(visit.target() + " " + tool + ": " + inWords(report));
            if (report.status() == ToolReport.Status.UNAVAILABLE) {
                unavailable.incrementAndGet();
            } else {
                good &= report.status() == ToolReport.Status.OK;
            }
            outer.progress(done.incrementAndGet() / (double) total, "");
        }
        return good;
    }

    private static boolean failed(Visit visit, OpsException failure, Consumer<String> line) {
        line.accept(visit.target() + ": " + failure.getMessage());
        return false;
    }

    private static String inWords(ToolReport report) {
        var words = new StringBuilder(report.status().name().toLowerCase(Locale.ROOT));
        words.append(" in ").append(report.duration().toMillis()).append(" ms");
        if (!report.findings().isEmpty()) {
            words.append(", ").append(report.findings().size()).append(" findings");
        }
        if (!report.plans().isEmpty()) {
            words.append(", ").append(report.plans().size()).append(" plans");
        }
        if (report.error() != null) {
            words.append(": ").append(report.error());
        }
        return words.toString();
    }
}
