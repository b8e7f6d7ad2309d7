package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fx.Refresher;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RunningPlan;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/// Step, time and blockers of the plans that run now. Read apart from the lists, so that a server
/// that hangs does not hold them up.
final class RunningPlansWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPlansWatch.class);

    private final ReadOnlyObjectWrapper<List<RunningPlan>> plans =
            new ReadOnlyObjectWrapper<>(List.of());
    private final Refresher<Integer, List<RunningPlan>> refresher;

    RunningPlansWatch(ConsoleSession session, ApprovalDesk desk) {
        refresher =
                new Refresher<>(
                        session.background(),
                        session.screen(),
                        () -> 0,
                        _ -> desk.watchRunning(),
                        plans::set,
                        // The plan itself is still listed as running, only without its step.
                        e -> LOG.info("The steps of running plans were not read", e));
    }

    void request() {
        refresher.request();
    }

    ReadOnlyObjectProperty<List<RunningPlan>> plansProperty() {
        return plans.getReadOnlyProperty();
    }

    /// What a cancel came to, and what was already done.
    static String words(CancelledRun came) {
        var title = came.plan().plan().title();
        if (came.plan().state() == FiledPlan.State.DONE) {
            return Texts.of("%s: the cancel came too late, it is done", title);
        }
        var committed =
                came.committed().isEmpty()
                        ? Texts.of("; nothing was committed before")
                        : Texts.of(
                                "; committed and left as it is: %s",
                                String.join(", ", came.committed()));
        var waited =
                came.waited().isZero()
                        ? ""
                        : Texts.of(", %s of it waiting", Format.briefly(came.waited()));
        var reason = came.plan().reason();
        return title
                + (came.ended()
                        ? Texts.of(": cancelled after ")
                        : Texts.of(": being stopped, the server has not answered yet, after "))
                + Format.briefly(came.ran())
                + waited
                + committed
                + (reason == null ? "" : ". " + reason);
    }
}
