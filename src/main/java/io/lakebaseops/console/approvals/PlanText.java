package io.lakebaseops.console.approvals;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The steps of a plan as text: every statement with its settings and bound values.
public final class PlanText {
    private PlanText() {}

    public static String of(List<Step> steps) {
        return steps.stream().map(PlanText::of).collect(Collectors.joining("\n\n"));
    }

    private static String of(Step step) {
        return switch (step) {
            case Step.SqlStep s -> sql(s);
            case Step.ScriptStep s -> script(s);
            case Step.ApiStep a -> "-- control plane\n" + a.act().inWords();
            case Step.ArchiveStep a -> a.order().inWords();
        };
    }

    private static String sql(Step.SqlStep s) {
        return limits(s.database(), s.lockTimeout(), s.statementTimeout())
                + '\n'
                + statement(s.sql(), s.params());
    }

    private static String script(Step.ScriptStep s) {
        return s.statements().stream()
                .map(one -> statement(one.sql(), one.params()))
                .collect(
                        Collectors.joining(
                                "\n",
                                limits(s.database(), s.lockTimeout(), s.statementTimeout())
                                        + (s.transactional() ? ", one transaction\n" : "\n"),
                                ""));
    }

    private static String limits(String database, Duration lock, Duration statement) {
        return "-- %s: lock_timeout %s, statement_timeout %s"
                .formatted(database, Format.duration(lock), Format.duration(statement));
    }

    private static String statement(String text, List<SqlParam> params) {
        var sql = text.strip();
        return sql
                + (sql.endsWith(";") ? "" : ";")
                + params.stream()
                        .map(p -> "\n-- :" + p.name() + " = " + p.value())
                        .collect(Collectors.joining());
    }

    public static LockLevel strongestLock(List<Step> steps) {
        return steps.stream()
                .map(Step::lock)
                .max(java.util.Comparator.naturalOrder())
                .orElse(LockLevel.NONE);
    }

    /// `Blocks nobody` and, below, PostgreSQL's own name of the lock.
    public static String lockWords(LockLevel lock) {
        return Texts.begin(lock.inWords());
    }

    static String lockName(LockLevel lock) {
        return lock == LockLevel.NONE ? Texts.of("no table lock") : lock.name().replace('_', ' ');
    }
}
