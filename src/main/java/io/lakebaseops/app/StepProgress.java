package io.lakebaseops.app;

import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.work.TaskContext;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Shows a running maintenance step among the running work. As work that waits for it; who cancels
/// the work stops the statement.
final class StepProgress implements StepListener {
    private final TaskExecutor room;

    StepProgress(TaskExecutor room) {
        this.room = room;
    }

    @Override
    public Running started(FiledPlan plan, Step.SqlStep step, Runnable cancel) {
        var ended = new CountDownLatch(1);
        var scope = new CompletableFuture<TaskContext>();
        var limit = step.lockTimeout().plus(step.statementTimeout()).plusMinutes(1);
        room.start(
                TaskSpec.of(
                        "%s (%s)".formatted(step.title(), plan.plan().target()),
                        limit,
                        own -> {
                            try (var _ = own.deadline().onCancel(cancel)) {
                                own.progress(-1, "started");
                                scope.complete(own);
                                ended.await();
                                return Boolean.TRUE;
                            }
                        }));
        return new Running() {
            @Override
            public void at(double fraction, String what) {
                var _ = scope.thenAccept(s -> s.progress(fraction, what));
            }

            @Override
            public void close() {
                ended.countDown();
            }
        };
    }
}
