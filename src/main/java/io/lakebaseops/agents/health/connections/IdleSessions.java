package io.lakebaseops.agents.health.connections;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The choice of idle sessions to end and of those to spare, each with its reason. What would be
/// lost with a session and cannot be seen from outside counts as held. Shared by the tool and by
/// the operating procedure for full connection slots.
public final class IdleSessions {
    /// Their sessions idle on purpose: they are the pool.
    private static final Set<String> POOLERS =
            Set.of("pgbouncer", "odyssey", "pgcat", "supavisor", "pgpool");

    private final SqlLibrary sql;

    public IdleSessions(SqlLibrary sql) {
        this.sql = sql;
    }

    /// @param idle minimum time in state `idle`
    /// @param idleInTransaction the same for open transactions
    /// @param spared users or applications that are left alone
    /// @param pid of the only session that is meant; null for all
    public record Wish(
            String tool,
            Duration idle,
            Duration idleInTransaction,
            Set<String> spared,
            @Nullable String alertId,
            @Nullable Integer pid) {
        public Wish {
            spared = Set.copyOf(spared);
        }

        public Wish(
                String tool,
                Duration idle,
                Duration idleInTransaction,
                Set<String> spared,
                @Nullable String alertId) {
            this(tool, idle, idleInTransaction, spared, alertId, null);
        }

        boolean means(ServerSession s) {
            return pid == null || pid == s.pid();
        }
    }

    /// @param action `end`, `end_transaction` or `spare`
    /// @param reason why it is spared
    public record Fate(
            int pid,
            String user,
            String application,
            String state,
            double idleSeconds,
            String action,
            @Nullable String reason) {}

    /// @param plans one for idle sessions, one for open transactions, each only if there are any
    public record Choice(List<Fate> fates, List<ChangePlan> plans, boolean mayEndOthers) {
        public Choice {
            fates = List.copyOf(fates);
            plans = List.copyOf(plans);
        }
    }

    public Choice choose(ReadSession session, Wish wish, ToolContext context) {
        var fates = new ArrayList<Fate>();
        var idle = new ArrayList<ServerSession>();
        var open = new ArrayList<ServerSession>();
        var roles = roles(session);
        for (var s : session.query(ConnectionSql.SESSIONS, Map.of(), ServerSession.class)) {
            boolean idles = s.idle() && s.inState() >= wish.idle().toSeconds();
            boolean opens =
                    s.idleInTransaction() && s.inState() >= wish.idleInTransaction().toSeconds();
            if (!wish.means(s) || (!idles && !opens)) {
                continue;
            }
            var spared = spared(s, wish.spared(), roles);
            if (spared == null) {
                (idles ? idle : open).add(s);
            }
            fates.add(fate(s, spared, idles));
        }
        var maySignal = session.query(ConnectionSql.MAY_SIGNAL);
        var plans = new ArrayList<ChangePlan>();
        if (!idle.isEmpty()) {
            plans.add(plan(session, wish, false).of(idle, maySignal, context));
        }
        if (!open.isEmpty()) {
            plans.add(plan(session, wish, true).of(open, maySignal, context));
        }
        return new Choice(fates, plans, session.capabilities().canSignal());
    }

    /// @param listens its sessions listen for notifications, by the server's statement statistics
    private record RoleHabits(
            String userName, String databaseName, boolean listens, boolean keepsCursors) {}

    /// Null when the server has the texts but cannot give them: one that is no UTF-8 makes it
    /// refuse all.
    private static @Nullable List<RoleHabits> roles(ReadSession session) {
        if (!session.capabilities().has("pg_stat_statements")) {
            return List.of();
        }
        try {
            return session.query(ConnectionSql.LISTENING_ROLES, Map.of(), RoleHabits.class);
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.INVALID_INPUT) {
                throw e;
            }
            return null;
        }
    }

    private static @Nullable String habit(ServerSession s, @Nullable List<RoleHabits> roles) {
        if (roles == null) {
            return s.idle()
                    ? "whether its role listens for notifications cannot be seen: the server cannot give the statement texts"
                    : null;
        }
        return roles.stream()
                .filter(r -> s.idle())
                .filter(r -> r.userName().equals(s.userName()))
                .filter(r -> r.databaseName().equals(s.databaseName()))
                .findFirst()
                .map(
                        r ->
                                r.listens()
                                        ? "its role listens for notifications in this database; whether this session does, cannot be seen"
                                        : "its role keeps cursors open beyond transactions in this database; whether this session does, cannot be seen")
                .orElse(null);
    }

    private EndSessionsPlan plan(ReadSession session, Wish wish, boolean inTransaction) {
        return new EndSessionsPlan(
                sql, wish.tool(), session.database(), inTransaction, wish.alertId());
    }

    private static Fate fate(ServerSession s, @Nullable String spared, boolean idles) {
        return new Fate(
                s.pid(),
                String.valueOf(s.userName()),
                s.application(),
                String.valueOf(s.state()),
                s.inState(),
                spared != null ? "spare" : idles ? "end" : "end_transaction",
                spared);
    }

    private static @Nullable String spared(
            ServerSession s, Set<String> exceptions, @Nullable List<RoleHabits> roles) {
        var application = s.application().toLowerCase(Locale.ROOT);
        var user = String.valueOf(s.userName()).toLowerCase(Locale.ROOT);
        if (s.isOurs()) {
            return "one of our own";
        }
        if (s.isSuperuser()) {
            return "a superuser's";
        }
        if (s.isReplication()) {
            return "of a role that replicates";
        }
        if (POOLERS.stream().anyMatch(p -> application.contains(p) || user.contains(p))) {
            return "a connection pool's";
        }
        if (exceptions.stream()
                .anyMatch(e -> e.equalsIgnoreCase(application) || e.equalsIgnoreCase(user))) {
            return "listed as an exception";
        }
        if (s.backendStart() == null || s.stateChange() == null) {
            return "hidden from this login";
        }
        var held = s.holds();
        if (held == null) {
            held = habit(s, roles);
        }
        if (held != null) {
            return held;
        }
        return s.mayEnd() ? null : "of another role, and this login lacks pg_signal_backend";
    }
}
