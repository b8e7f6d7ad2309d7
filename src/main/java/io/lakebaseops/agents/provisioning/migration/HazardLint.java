package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlScript;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds statements of migrations that would hurt the live database, and by how much.
///
/// @param lockTimeout the one the runner sets for each statement
record HazardLint(LiveTables live, Duration lockTimeout) {
    /// Seconds of a blocking lock from which people notice, and from which programs time out.
    private static final double NOTICED = 1;

    private static final double HARMFUL = 10;

    /// Queries that wait, from which the pool of a program may run empty.
    private static final double CROWD = 50;

    /// Every relation name the files mention, for reading the live facts.
    static Set<String> names(List<MigrationFile> files) {
        var names = new HashSet<String>();
        for (var file : files) {
            for (var statement : file.statements()) {
                MigrationFile.acts(statement).forEach(act -> names.add(act.relation().name()));
            }
        }
        return names;
    }

    List<Hazard> lint(List<MigrationFile> files) {
        var hazards = new ArrayList<Hazard>();
        var made = new HashSet<String>();
        for (var file : files) {
            file(file, made, hazards);
        }
        hazards.sort(
                Comparator.comparing(Hazard::severity)
                        .reversed()
                        .thenComparing(Comparator.comparingDouble(Hazard::secondsHigh).reversed()));
        return hazards;
    }

    private void file(MigrationFile file, Set<String> made, List<Hazard> hazards) {
        var held = new HeldLocks();
        boolean waits = false;
        for (var statement : file.statements()) {
            waits |= setsLockTimeout(statement);
            if (statement.parsed() instanceof Parsed.NotUnderstood no) {
                hazards.add(notUnderstood(file.name(), statement.line(), no));
            }
            for (var act : MigrationFile.acts(statement)) {
                var name = act.relation();
                if (act.form() == DdlForm.CREATE_TABLE) {
                    made.add(name.display());
                }
                if (made.contains(name.display())) {
                    continue;
                }
                var table = live.of(name).orElse(null);
                var softened = soften(act, table);
                var hazard = hazard(file.name(), statement.line(), softened, table);
                if (hazard != null) {
                    hazards.add(hazard);
                }
                if (!file.alone()) {
                    held.then(softened, name.display(), table, statement.line());
                }
            }
        }
        held.hazards(file.name(), hazards);
        if (!waits && held.blocking()) {
            hazards.add(noLockTimeout(file.name(), held));
        }
    }

    /// What the live table proves harmless.
    private static DdlAct soften(DdlAct act, @Nullable TableSize table) {
        var column = act.column();
        if (table == null || column == null) {
            return act;
        }
        if (act.form() == DdlForm.SET_NOT_NULL && table.neverNull().contains(column)) {
            return act.with(DdlForm.SET_NOT_NULL_PROVEN);
        }
        var type = act.type();
        if (act.form() == DdlForm.ALTER_TYPE
                && type != null
                && table.typeOf(column).filter(t -> TypeChange.inPlace(t, type)).isPresent()) {
            return act.with(DdlForm.ALTER_TYPE_IN_PLACE);
        }
        return act;
    }

    private @Nullable Hazard hazard(String file, int line, DdlAct act, @Nullable TableSize table) {
        var form = act.form();
        var named = act.relation().display();
        if (table == null) {
            return form.advice().isEmpty()
                    ? null
                    : new Hazard(
                            form.name(),
                            form.losesData() ? Severity.CRITICAL : Severity.INFO,
                            file,
                            line,
                            named,
                            act.lock(),
                            0,
                            0,
                            null,
                            "%s: there is no table %s to measure by".formatted(form.words(), named),
                            form.advice());
        }
        var cost = HazardCost.of(form.work(), act.lock(), table, live.rate(table));
        var severity = severity(act, cost, table);
        if (severity == Severity.INFO && form.advice().isEmpty() && cost.crowd() < 1) {
            return null;
        }
        return new Hazard(
                form.name(),
                severity,
                file,
                line,
                table.display(),
                act.lock(),
                cost.low(),
                cost.high(),
                cost.wouldQueue(),
                message(act, cost, table),
                form.advice());
    }

    private static Severity severity(DdlAct act, HazardCost cost, TableSize table) {
        var form = act.form();
        boolean fails = form == DdlForm.ADD_COLUMN_NOT_NULL && table.rowCount() > 0;
        boolean blocks = act.lock().blocksWrites();
        if (form.losesData()
                || fails
                || (blocks && (cost.high() >= HARMFUL || cost.crowd() >= CROWD))) {
            return Severity.CRITICAL;
        }
        return form.breaksPrograms() || (blocks && cost.high() >= NOTICED)
                ? Severity.WARNING
                : Severity.INFO;
    }

    private String message(DdlAct act, HazardCost cost, TableSize table) {
        var text =
                String.format(
                        Locale.ROOT,
                        "%s on %s (%s, %d rows) takes %s for %s",
                        act.form().words(),
                        table.display(),
                        Format.size(table.bytes()),
                        table.rowCount(),
                        act.lock().name().replace('_', ' '),
                        cost.duration());
        var rate = cost.queriesPerSecond();
        if (rate == null) {
            return act.lock().blocksWrites()
                    ? text + "; how many would wait is not known, " + live.trafficUnknown()
                    : text;
        }
        return rate > 0
                ? text
                        + String.format(
                                Locale.ROOT,
                                "; at %s queries/s some %.0f would wait",
                                rate < 0.1 ? "under 0.1" : String.format(Locale.ROOT, "%.1f", rate),
                                Math.ceil(cost.crowd()))
                : text;
    }

    private static boolean setsLockTimeout(SqlScript.Part statement) {
        var parsed = statement.parsed().single();
        return parsed != null
                && parsed.kind() == StatementKind.SET
                && parsed.tree().text("name").equalsIgnoreCase("lock_timeout");
    }

    /// A newer server may know it; what it does cannot be told before.
    private static Hazard notUnderstood(String file, int line, Parsed.NotUnderstood no) {
        return new Hazard(
                "NOT_UNDERSTOOD",
                Severity.WARNING,
                file,
                line,
                null,
                LockLevel.ACCESS_EXCLUSIVE,
                0,
                0,
                null,
                "the grammar of PostgreSQL 17 does not understand it: " + no.reason(),
                "correct it, or split it into smaller statements");
    }

    /// Other runners would wait for ever, and everybody else behind them.
    private Hazard noLockTimeout(String file, HeldLocks held) {
        return new Hazard(
                "NO_LOCK_TIMEOUT",
                Severity.INFO,
                file,
                held.firstLine(),
                held.firstRelation(),
                LockLevel.ACCESS_EXCLUSIVE,
                0,
                lockTimeout.toMillis() / 1000.0,
                null,
                "the file sets no lock_timeout; this runner sets %d ms, others would wait in front"
                                .formatted(lockTimeout.toMillis())
                        + " of every other query",
                "begin the file with SET LOCAL lock_timeout = '3s'");
    }
}
