package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlStatement;

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
                var parsed = statement.parsed().single();
                if (parsed != null) {
                    names.add(parsed.tree().field("relation").text("relname"));
                    names.add(parsed.tree().text("idxname"));
                    parsed.tree().list("cmds").stream()
                            .map(c -> c.field("def").text("indexname"))
                            .forEach(names::add);
                }
            }
        }
        names.remove("");
        return names;
    }

    List<Hazard> lint(List<MigrationFile> files) {
        var hazards = new ArrayList<Hazard>();
        var pending = new PendingSchema(live);
        for (var file : files) {
            file(file, pending, hazards);
        }
        hazards.sort(
                Comparator.comparing(Hazard::severity)
                        .reversed()
                        .thenComparing(Comparator.comparingDouble(Hazard::secondsHigh).reversed()));
        return hazards;
    }

    private void file(MigrationFile file, PendingSchema pending, List<Hazard> hazards) {
        var held = new HeldLocks();
        var whole = new StatementHazards(file.name(), live, pending, hazards);
        boolean limited = false;
        boolean unlimited = false;
        for (var statement : file.statements()) {
            if (statement.parsed() instanceof Parsed.NotUnderstood no) {
                hazards.add(notUnderstood(file.name(), statement.line(), no));
            }
            var parsed = statement.parsed().single();
            var acts = MigrationFile.acts(statement);
            if (parsed != null) {
                whole.of(statement, parsed);
                if (StatementHazards.isSet(parsed, "lock_timeout")) {
                    limited = !off(parsed);
                    if (!limited) {
                        hazards.add(timeoutOff(file.name(), statement.line()));
                    }
                }
            }
            for (var act : acts) {
                act(file, statement.line(), act, pending, held, hazards);
            }
            if (parsed != null) {
                pending.then(parsed, acts);
            }
            unlimited |= !limited && held.blocking();
        }
        held.hazards(file.name(), hazards);
        if (unlimited) {
            hazards.add(noLockTimeout(file.name(), held));
        }
    }

    private void act(
            MigrationFile file,
            int line,
            DdlAct act,
            PendingSchema pending,
            HeldLocks held,
            List<Hazard> hazards) {
        var name = act.relation();
        boolean fresh = act.form() == DdlForm.CREATE_TABLE || pending.made(name);
        if (fresh) {
            return;
        }
        var table = live.of(name).orElse(null);
        var softened = soften(act, table, pending);
        var hazard = hazard(file.name(), line, softened, table);
        if (hazard != null) {
            hazards.add(hazard);
        }
        if (table != null) {
            partitions(file.name(), line, softened, table, hazards);
        }
        if (!file.alone()) {
            held.then(softened, name.display(), table, line);
        }
    }

    /// The tables above and beside a partition are locked too.
    private static void partitions(
            String file, int line, DdlAct act, TableSize table, List<Hazard> hazards) {
        var fallback = table.defaultPartition();
        var parent = table.partitionOf();
        boolean grows = act.form() == DdlForm.CREATE_PARTITION || act.form() == DdlForm.PARENT_OF;
        if (grows && fallback != null) {
            hazards.add(
                    StatementHazards.of(
                            "DEFAULT_PARTITION_SCANNED",
                            Severity.WARNING,
                            file,
                            line,
                            fallback,
                            "a new partition locks the default partition %s (ACCESS EXCLUSIVE) and reads it"
                                    .formatted(fallback),
                            "give it a valid CHECK that keeps the new partition's rows out"));
        }
        if (act.form() == DdlForm.DROP_TABLE && parent != null) {
            hazards.add(
                    StatementHazards.of(
                            "DROP_PARTITION",
                            Severity.WARNING,
                            file,
                            line,
                            parent,
                            "dropping a partition locks all of %s (ACCESS EXCLUSIVE)"
                                    .formatted(parent),
                            "DETACH PARTITION … CONCURRENTLY first, in a file alone"));
        }
    }

    /// What the live table proves harmless.
    private DdlAct soften(DdlAct act, @Nullable TableSize table, PendingSchema pending) {
        var column = act.column();
        var type = act.type();
        // Nearly every query plans with the index, and waits for its ACCESS EXCLUSIVE lock.
        if (act.form() == DdlForm.REINDEX) {
            return new DdlAct(act.form(), LockLevel.ACCESS_EXCLUSIVE, act.relation(), null, null);
        }
        if (act.form() == DdlForm.ADD_COLUMN && type != null && writes(type)) {
            return act.with(DdlForm.ADD_COLUMN_COMPUTED);
        }
        if (table == null || column == null) {
            return act;
        }
        if (act.form() == DdlForm.SET_NOT_NULL
                && (table.neverNull().contains(column) || pending.proven(act))) {
            return act.with(DdlForm.SET_NOT_NULL_PROVEN);
        }
        if (act.form() == DdlForm.ADD_PRIMARY_KEY_USING_INDEX
                && live.index(table.schemaName(), column).filter(i -> i.neverNull()).isPresent()) {
            return act.with(DdlForm.ADD_UNIQUE_USING_INDEX);
        }
        if (act.form() == DdlForm.ALTER_TYPE
                && type != null
                && table.typeOf(column).filter(t -> TypeChange.inPlace(t, type)).isPresent()) {
            return act.with(DdlForm.ALTER_TYPE_IN_PLACE);
        }
        return act;
    }

    private boolean writes(String type) {
        return live.login().writingDomains().stream()
                .anyMatch(d -> d.equals(type) || d.endsWith("." + type));
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
                                "; at %s queries/s about %.0f %s would wait",
                                rate < 0.1 ? "under 0.1" : String.format(Locale.ROOT, "%.1f", rate),
                                Math.ceil(cost.crowd()),
                                Math.ceil(cost.crowd()) == 1 ? "query" : "queries")
                : text;
    }

    /// `lock_timeout = 0`, or back to the default.
    private static boolean off(SqlStatement set) {
        var values = set.tree().list("args");
        return values.isEmpty()
                || values.getFirst()
                        .all()
                        .anyMatch(n -> n.field("sval").text("sval").matches("0+ *[a-z]*"))
                || values.getFirst().field("ival").present()
                        && values.getFirst().field("ival").number("ival") == 0;
    }

    private static Hazard timeoutOff(String file, int line) {
        return StatementHazards.of(
                "LOCK_TIMEOUT_OFF",
                Severity.WARNING,
                file,
                line,
                null,
                "from here on the file's statements wait for locks without an end, and everybody behind"
                        + " them",
                "leave it out, or set it to a few seconds");
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
