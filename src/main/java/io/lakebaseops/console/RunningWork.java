package io.lakebaseops.console;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.work.Work;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Everything that runs now, as the status bar and its popover list it: tools, jobs, and the plans
/// any process carries out.
public final class RunningWork {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWork.class);

    private final Supplier<List<Work<?>>> works;
    private final PlanQueue queue;
    private final ApprovalDesk desk;
    private final Actor actor;
    private final Executor background;
    private volatile List<Entry> plans = List.of();
    private int asked;

    /// @param works of the task executor
    public RunningWork(
            Supplier<List<Work<?>>> works,
            PlanQueue queue,
            ApprovalDesk desk,
            Actor actor,
            Executor background) {
        this.works = works;
        this.queue = queue;
        this.desk = desk;
        this.actor = actor;
        this.background = background;
    }

    /// Blocking; to be asked each second. The state database is asked every other time while
    /// nothing of it runs.
    public synchronized List<Work<?>> list() {
        if (!plans.isEmpty() || asked++ % 2 == 0) {
            try {
                plans = queue.running();
            } catch (OpsException e) {
                // What the screens cannot read they say themselves; here the rest is still listed.
                LOG.debug("Running plans were not read: {}", e.getMessage());
                plans = List.of();
            }
        }
        var all = new ArrayList<Work<?>>();
        works.get().stream().filter(w -> !w.done() && !stepOfAPlan(w)).forEach(all::add);
        plans.forEach(p -> all.add(new PlanRun(p)));
        return all;
    }

    /// A maintenance step shows as work of its own; its plan is listed already.
    private boolean stepOfAPlan(Work<?> work) {
        return plans.stream().anyMatch(p -> work.title().endsWith("(" + p.target() + ")"));
    }

    /// A plan being carried out, as work one can cancel.
    private final class PlanRun implements Work<Boolean> {
        private final Entry plan;

        PlanRun(Entry plan) {
            this.plan = plan;
        }

        @Override
        public UUID id() {
            return plan.id();
        }

        @Override
        public String title() {
            return plan.title();
        }

        @Override
        public Instant startedAt() {
            return plan.at();
        }

        @Override
        public double progress() {
            return -1;
        }

        @Override
        public String message() {
            return TargetWords.of(plan.target());
        }

        @Override
        public boolean done() {
            return plans.stream().noneMatch(p -> p.id().equals(plan.id()));
        }

        /// What came of it stands on the plan.
        @Override
        public void cancel() {
            background.execute(
                    () -> {
                        try {
                            desk.cancel(plan.id(), actor);
                        } catch (OpsException e) {
                            LOG.warn("Plan {} was not cancelled: {}", plan.id(), e.getMessage());
                        }
                    });
        }

        @Override
        public Boolean join() {
            throw new IllegalStateException("A plan's outcome stands on the plan");
        }

        @Override
        public @Nullable Boolean resultOrNull() {
            return null;
        }
    }
}
