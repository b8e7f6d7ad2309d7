package io.lakebaseops.cli;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ToolReport;

import java.time.Duration;

/// How did the plans of a run end that policy carries out at once? A command tells the end of what
/// it set going, not its beginning.
final class Settled {
    private static final Duration TO_BEGIN = Duration.ofSeconds(20);
    private static final Duration TO_END = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Settled() {}

    static ToolReport of(ToolReport report, ApprovalDesk desk) {
        var plans = report.plans().stream().map(plan -> of(plan, desk)).toList();
        return new ToolReport(
                report.runId(),
                report.tool(),
                report.target(),
                report.actor(),
                report.status(),
                report.source(),
                report.findings(),
                report.data(),
                plans,
                report.caveats(),
                report.error(),
                report.startedAt(),
                report.duration());
    }

    private static FiledPlan of(FiledPlan filed, ApprovalDesk desk) {
        if (filed.risk().level() != RiskLevel.LOW || filed.state() == FiledPlan.State.HELD_BACK) {
            return filed;
        }
        long since = System.nanoTime();
        var now = desk.find(filed.id()).orElse(filed);
        while (goesOn(now, Duration.ofNanos(System.nanoTime() - since))) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return now;
            }
            now = desk.find(filed.id()).orElse(now);
        }
        return now;
    }

    private static boolean goesOn(FiledPlan plan, Duration after) {
        return switch (plan.state()) {
            case WAITING -> after.compareTo(TO_BEGIN) < 0;
            case RUNNING -> after.compareTo(TO_END) < 0;
            case DONE ->
                    plan.verification() == null
                            && !plan.plan().proofs().isEmpty()
                            && after.compareTo(TO_END) < 0;
            case FAILED, REJECTED, EXPIRED, SUPERSEDED, UNDONE, HELD_BACK -> false;
        };
    }
}
