package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.AutovacuumPlan;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.health.connections.BlockingTree;
import io.lakebaseops.agents.health.connections.IdleSessions;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.diagnosis.TroubledTables;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plans that remove a cause. What they are about is read again here, at the moment of
/// planning; every plan goes through the gate like any other.
///
/// @param alertId the alert they are for; null when there is none
record CauseRepair(SqlLibrary sql, String tool, @Nullable String alertId) {
    private static final SqlName HORIZON = SqlName.of("maintenance/xmin_horizon");
    private static final SqlName OLDEST_TABLES = SqlName.of("monitoring/oldest_tables");
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration NEVER = Duration.ofDays(3650);

    /// Empty when nothing of it can be repaired by us, or no longer needs to be.
    List<ChangePlan> plans(Hypothesis cause, ReadSession session, ToolContext context) {
        var repair = cause.repair();
        if (repair == null) {
            return List.of();
        }
        return switch (repair) {
            case END_IDLE_TRANSACTION ->
                    holder(session)
                            .map(pid -> sessions(session, NEVER, Duration.ZERO, pid, context))
                            .orElse(List.of());
            case END_IDLE_SESSIONS -> sessions(session, IDLE, NEVER, null, context);
            case VACUUM_WORST_TABLE -> worst(cause, session, context);
            case ANALYZE_STALE_TABLE -> stalest(cause, session, context);
            case FREEZE_OLDEST_TABLES -> oldest(cause, session, context);
            case AUTOVACUUM_ON -> autovacuum(cause, session, context);
        };
    }

    /// The session that blocks most others, else the one that holds the horizon.
    private Optional<Integer> holder(ReadSession session) {
        var root =
                BlockingTree.read(session).roots().stream()
                        .max(Comparator.comparingInt(BlockingTree.Node::behind));
        if (root.isPresent()) {
            return root.map(BlockingTree.Node::pid);
        }
        return session.query(HORIZON).list().stream()
                .findFirst()
                .filter(row -> "session".equals(row.get("kind")))
                .map(row -> Integer.valueOf(String.valueOf(row.get("name"))));
    }

    private List<ChangePlan> sessions(
            ReadSession session,
            Duration idle,
            Duration idleInTransaction,
            @Nullable Integer pid,
            ToolContext context) {
        var wish = new IdleSessions.Wish(tool, idle, idleInTransaction, Set.of(), alertId, pid);
        return new IdleSessions(sql).choose(session, wish, context).plans();
    }

    private List<ChangePlan> worst(Hypothesis cause, ReadSession session, ToolContext context) {
        var tables = TroubledTables.read(session);
        return tables
                .worst()
                .flatMap(
                        t -> vacuum(VacuumKind.ANALYZE, tables.subject(t), cause, session, context))
                .stream()
                .toList();
    }

    private List<ChangePlan> stalest(Hypothesis cause, ReadSession session, ToolContext context) {
        var tables = TroubledTables.read(session);
        return tables
                .stalest()
                .flatMap(
                        t ->
                                vacuum(
                                        VacuumKind.STATISTICS,
                                        tables.subject(t),
                                        cause,
                                        session,
                                        context))
                .stream()
                .toList();
    }

    private List<ChangePlan> oldest(Hypothesis cause, ReadSession session, ToolContext context) {
        return session.query(OLDEST_TABLES).list().stream()
                .limit(1)
                .map(
                        row ->
                                Subject.table(
                                        session.database(),
                                        String.valueOf(row.get("schema_name")),
                                        String.valueOf(row.get("table_name"))))
                .flatMap(t -> vacuum(VacuumKind.FREEZE, t, cause, session, context).stream())
                .toList();
    }

    private Optional<ChangePlan> vacuum(
            VacuumKind kind,
            Subject table,
            Hypothesis cause,
            ReadSession session,
            ToolContext context) {
        return new VacuumPlan(sql, kind, tool, alertId)
                .of(session, table, why(cause), null, context);
    }

    private List<ChangePlan> autovacuum(
            Hypothesis cause, ReadSession session, ToolContext context) {
        var tables = TroubledTables.read(session);
        var plan = new AutovacuumPlan(sql, tool, alertId);
        return tables
                .withoutAutovacuum()
                .map(tables::subject)
                .flatMap(
                        table ->
                                plan.advise(session, table, context.clock().instant())
                                        .filter(a -> a.changesAnything() && a.mayAlter())
                                        .map(
                                                a ->
                                                        plan.of(
                                                                session.database(),
                                                                table,
                                                                a,
                                                                why(cause),
                                                                null,
                                                                context)))
                .stream()
                .toList();
    }

    private static String why(Hypothesis cause) {
        return cause.title() + ": " + String.join("; ", cause.evidence());
    }
}
