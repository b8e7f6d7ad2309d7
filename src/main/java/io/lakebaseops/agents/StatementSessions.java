package io.lakebaseops.agents;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

/// Sessions in a database that has pg_stat_statements. The view shows the statements of all
/// databases, but often only one of them has the extension.
public final class StatementSessions {
    public static final String EXTENSION = "pg_stat_statements";

    private StatementSessions() {}

    /// @return null when no database of the target has the extension
    public static @Nullable ReadSession open(Targets targets, ToolContext context) {
        var session = targets.read(context.target(), context.deadline());
        if (session.capabilities().has(EXTENSION)) {
            return session;
        }
        session.close();
        for (var database : targets.databases(context.target(), context.deadline())) {
            try {
                var other = targets.read(context.target(), database, context.deadline());
                if (other.capabilities().has(EXTENSION)) {
                    return other;
                }
                other.close();
            } catch (OpsException e) {
                // A database this login may not enter may have it; the next one may do as well.
                if (e.kind() != OpsException.Kind.DENIED) {
                    throw e;
                }
            }
        }
        return null;
    }
}
