package io.lakebaseops.agents;

import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
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
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan that lets autovacuum begin earlier on one table, so that nobody has to vacuum it again
/// and again. It changes two settings of the table and no row of it.
public record AutovacuumPlan(SqlLibrary sql, String tool, @Nullable String alertId) {
    public static final String VERB = "Tune autovacuum";

    private static final SqlName OPTIONS = SqlName.of("maintenance/autovacuum_options");
    private static final SqlName SET = SqlName.of("maintenance/set_autovacuum_scale_factor");
    private static final SqlName RESET = SqlName.of("maintenance/reset_autovacuum_scale_factor");
    private static final SqlName ENABLE = SqlName.of("maintenance/enable_autovacuum");
    private static final SqlName DISABLE = SqlName.of("maintenance/disable_autovacuum");

    /// Half of what is called a warning: autovacuum is then done before anyone is told.
    private static final double WANTED = 0.05;

    /// Below this share autovacuum begins often enough; another cause must be looked for.
    private static final double LEAST = 0.01;

    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LIFE = Duration.ofDays(7);

    /// How autovacuum is set for a table, and what would be better.
    ///
    /// @param mayAlter only the owner's roles may change a table's settings
    /// @param ownFactor as set for this table alone; null when the server's setting counts
    /// @param wanted the share of dead rows it should begin at; null when it begins early already
    public record Advice(
            boolean enabled,
            boolean mayAlter,
            double factor,
            @Nullable Double ownFactor,
            @Nullable Double wanted,
            Evidence evidence) {

        public boolean changesAnything() {
            return !enabled || wanted != null;
        }
    }

    /// Empty when the table is gone.
    public Optional<Advice> advise(ReadSession session, Subject table, Instant now) {
        var schema = table.schema();
        if (schema == null) {
            return Optional.empty();
        }
        Map<String, Object> values = Map.of("schema_name", schema, "table_name", table.name());
        var rows = session.query(OPTIONS, values);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var row = rows.list().getFirst();
        double factor = row.get("scale_factor") instanceof Number n ? n.doubleValue() : 0;
        var own = row.get("own_scale_factor") instanceof Number n ? n.doubleValue() : null;
        return Optional.of(
                new Advice(
                        Boolean.TRUE.equals(row.get("enabled")),
                        Boolean.TRUE.equals(row.get("may_alter")),
                        factor,
                        own,
                        wanted(factor),
                        new Evidence(OPTIONS.path(), values, rows, now)));
    }

    private static @Nullable Double wanted(double factor) {
        if (factor > WANTED) {
            return WANTED;
        }
        double half = new BigDecimal(factor / 2).round(new MathContext(1)).doubleValue();
        return half >= LEAST ? half : null;
    }

    public ChangePlan of(
            String database,
            Subject table,
            Advice advice,
            String why,
            @Nullable String findingFingerprint,
            ToolContext context) {
        var schema = table.schema() == null ? "" : table.schema();
        var ident = Ident.of(schema, table.name());
        var params =
                List.of(
                        new SqlParam("schema_name", "text", schema),
                        new SqlParam("table_name", "text", table.name()));
        var steps = new ArrayList<Step>();
        var back = new ArrayList<Step>();
        var proofs = new ArrayList<Postcondition>();
        if (!advice.enabled()) {
            steps.add(step(database, "Switch autovacuum on", plain(ENABLE, ident)));
            back.addFirst(step(database, "Switch autovacuum off again", plain(DISABLE, ident)));
        }
        var wanted = advice.wanted();
        if (wanted != null) {
            steps.add(step(database, "Let autovacuum begin earlier", factor(ident, wanted)));
            var own = advice.ownFactor();
            back.addFirst(
                    step(
                            database,
                            "Let autovacuum begin as before",
                            own == null ? plain(RESET, ident) : factor(ident, own)));
            proofs.add(
                    new Postcondition.SqlFigure(
                            "autovacuum begins at " + Format.percent(wanted) + " dead rows",
                            database,
                            OPTIONS.path(),
                            params,
                            "scale_factor",
                            Postcondition.Comparison.AT_MOST,
                            wanted));
        }
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                tool,
                context.actor(),
                VERB,
                VERB + " of " + table.display(),
                table,
                why,
                steps,
                new Undo(back, "The settings become what they are now.", List.of()),
                new ExpectedEffect(
                        "autovacuum cleans this table by itself, before its dead rows raise an"
                                + " alert",
                        "below a second",
                        null),
                List.of(
                        new Precondition.SqlRows(
                                table.display() + " is the same table with the same settings",
                                database,
                                OPTIONS.path(),
                                params,
                                advice.evidence().rows())),
                proofs,
                List.of(advice.evidence()),
                findingFingerprint,
                alertId,
                now,
                now.plus(LIFE));
    }

    private String plain(SqlName name, Ident table) {
        return sql.render(name, Map.of("table", table)).text();
    }

    private String factor(Ident table, double factor) {
        return sql.render(SET, Map.of("table", table), Map.of("factor", BigDecimal.valueOf(factor)))
                .text();
    }

    private static Step step(String database, String title, String statement) {
        return new Step.SqlStep(
                title,
                database,
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
