package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.AutovacuumPlan;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan that gives one table its own autovacuum limits, and takes them back exactly.
record AutovacuumLimitsPlan(SqlLibrary sql, ReadSession session, ToolContext context) {
    private static final SqlName LIMITS = SqlName.of("maintenance/vacuum_limits");
    private static final SqlName SET_FACTOR = SqlName.of("maintenance/set_autovacuum_scale_factor");
    private static final SqlName RESET_FACTOR =
            SqlName.of("maintenance/reset_autovacuum_scale_factor");
    private static final SqlName SET_THRESHOLD = SqlName.of("maintenance/set_autovacuum_threshold");
    private static final SqlName RESET_THRESHOLD =
            SqlName.of("maintenance/reset_autovacuum_threshold");

    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LIFE = Duration.ofDays(7);

    /// Empty when the table is gone.
    Optional<ChangePlan> of(TuneAutovacuumParameters.Simulated simulated) {
        var tuning = simulated.tuning();
        var table = tuning.table();
        var values = Map.of("schema_name", table.schemaName(), "table_name", table.tableName());
        var limits = session.query(LIMITS, values);
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        var subject = Subject.table(session.database(), table.schemaName(), table.tableName());
        var ident = Ident.of(table.schemaName(), table.tableName());
        var steps = new ArrayList<Step>();
        var back = new ArrayList<Step>();
        steps.add(
                step(
                        "Let autovacuum begin at a smaller share",
                        factor(ident, BigDecimal.valueOf(tuning.factor()))));
        back.add(
                step(
                        "Let the share be as before",
                        table.ownFactor() == null
                                ? plain(RESET_FACTOR, ident)
                                : factor(ident, table.ownFactor())));
        if (tuning.threshold() != table.thresholdNow()) {
            steps.add(
                    step(
                            "Let autovacuum begin at fewer rows",
                            threshold(ident, tuning.threshold())));
            back.addFirst(
                    step(
                            "Let the number of rows be as before",
                            table.ownThreshold() == null
                                    ? plain(RESET_THRESHOLD, ident)
                                    : threshold(ident, table.ownThreshold())));
        }
        var now = context.clock().instant();
        return Optional.of(
                new ChangePlan(
                        context.target(),
                        ToolDescriptor.name(TuneAutovacuumParameters.class),
                        context.actor(),
                        AutovacuumPlan.VERB,
                        AutovacuumPlan.VERB + " of " + subject.display(),
                        subject,
                        TuneAutovacuumParameters.words(simulated),
                        steps,
                        new Undo(back, "The settings become what they are now.", List.of()),
                        new ExpectedEffect(
                                "dead rows peak at about %,.0f instead of %,.0f (simulated)"
                                        .formatted(simulated.peak(), simulated.peakNow()),
                                "below a second",
                                null),
                        List.of(
                                new Precondition.SqlRows(
                                        subject.display()
                                                + " is the same table with the same settings",
                                        session.database(),
                                        LIMITS.path(),
                                        params(table),
                                        limits)),
                        List.of(
                                new Postcondition.SqlFigure(
                                        "autovacuum begins at the proposed share",
                                        session.database(),
                                        LIMITS.path(),
                                        params(table),
                                        "factor",
                                        Postcondition.Comparison.AT_MOST,
                                        tuning.factor())),
                        List.of(
                                new Evidence(LIMITS.path(), Map.copyOf(values), limits, now),
                                new Evidence(
                                        MaintenanceSql.TABLE_CHURN.path(),
                                        Map.of("min_bytes", TableState.FLOOR_BYTES),
                                        new Rows(
                                                List.of(
                                                        Map.of(
                                                                "table_name",
                                                                table.tableName(),
                                                                "live_rows",
                                                                table.liveRows(),
                                                                "dead_rows",
                                                                table.deadRows(),
                                                                "dead_per_hour",
                                                                tuning.deadPerHour(),
                                                                "peak_today",
                                                                Math.round(simulated.peakNow()),
                                                                "peak_proposed",
                                                                Math.round(simulated.peak())))),
                                        now)),
                        null,
                        null,
                        now,
                        now.plus(LIFE)));
    }

    private static List<SqlParam> params(AutovacuumTuning.Table table) {
        return List.of(
                new SqlParam("schema_name", "text", table.schemaName()),
                new SqlParam("table_name", "text", table.tableName()));
    }

    private String plain(SqlName name, Ident table) {
        return sql.render(name, Map.of("table", table)).text();
    }

    private String factor(Ident table, BigDecimal factor) {
        return sql.render(SET_FACTOR, Map.of("table", table), Map.of("factor", factor)).text();
    }

    private String threshold(Ident table, long rows) {
        return sql.render(
                        SET_THRESHOLD,
                        Map.of("table", table),
                        Map.of("threshold", BigDecimal.valueOf(rows)))
                .text();
    }

    private Step step(String title, String statement) {
        return new Step.SqlStep(
                title,
                session.database(),
                statement,
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                false,
                LOCK_WAIT,
                LONGEST,
                0);
    }
}
