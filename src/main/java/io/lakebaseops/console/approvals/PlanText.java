package io.lakebaseops.console.approvals;

import io.lakebaseops.console.Figures;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Step;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What exactly would run, as text: every statement with its settings and bound values.
final class PlanText {
    private PlanText() {}

    static String of(List<Step> steps) {
        return steps.stream().map(PlanText::of).collect(Collectors.joining("\n\n"));
    }

    private static String of(Step step) {
        return switch (step) {
            case Step.SqlStep s -> sql(s);
            case Step.ApiStep a -> "-- control plane\n" + act(a.act());
        };
    }

    private static String sql(Step.SqlStep s) {
        var text = new StringBuilder();
        text.append("-- ").append(s.database()).append(": lock_timeout ");
        text.append(Figures.duration(s.lockTimeout()))
                .append(", statement_timeout ")
                .append(Figures.duration(s.statementTimeout()))
                .append('\n');
        var sql = s.sql().strip();
        text.append(sql).append(sql.endsWith(";") ? "" : ";");
        for (var param : s.params()) {
            text.append("\n-- :").append(param.name()).append(" = ").append(param.value());
        }
        return text.toString();
    }

    private static String act(Step.ApiAct act) {
        return switch (act) {
            case Step.ApiAct.CreateBranch c ->
                    "create branch "
                            + c.project()
                            + "/"
                            + c.branch()
                            + " from "
                            + c.source()
                            + (c.at() == null ? "" : " as of " + c.at())
                            + (c.ttlSeconds() == null
                                    ? ", no expiry"
                                    : ", expires after "
                                            + Figures.duration(
                                                    java.time.Duration.ofSeconds(c.ttlSeconds())))
                            + (c.isProtected() ? ", protected" : "");
            case Step.ApiAct.DeleteBranch d -> "delete branch " + d.project() + "/" + d.branch();
        };
    }

    static LockLevel strongestLock(List<Step> steps) {
        return steps.stream()
                .map(Step::lock)
                .max(java.util.Comparator.naturalOrder())
                .orElse(LockLevel.NONE);
    }

    /// `Blocks nobody` and, below, PostgreSQL's own name of the lock.
    static String lockWords(LockLevel lock) {
        var words = lock.inWords();
        return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }

    static String lockName(LockLevel lock) {
        return lock == LockLevel.NONE ? "no table lock" : lock.name().replace('_', ' ');
    }
}
