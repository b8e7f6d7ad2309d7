package io.lakebaseops.agents;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The same look in every database of a branch. One database that cannot be read does not hide the
/// others: it becomes a caveat, and the look counts as incomplete.
public final class PerDatabase {
    private PerDatabase() {}

    /// @param complete false when a database was left out: then nothing may be concluded from what
    ///     was *not* seen
    public record Look<T>(List<T> perDatabase, List<String> caveats, boolean complete) {
        public Look {
            perDatabase = List.copyOf(perDatabase);
            caveats = List.copyOf(caveats);
        }

        /// What each of them holds, one after the other.
        public <R> List<R> each(Function<T, List<R>> part) {
            return perDatabase.stream().flatMap(t -> part.apply(t).stream()).toList();
        }

        /// The finding kinds this look covers: those given if complete, else none.
        public List<String> covers(String... kinds) {
            return complete ? List.of(kinds) : List.of();
        }
    }

    /// The whole run of a tool that looks at every database: nothing on a suspended compute unless
    /// a person asked, else one look per database and what `conclude` makes of them.
    public static <T, O extends Record> Outcome<O> run(
            Targets targets,
            ToolContext context,
            Function<ReadSession, T> look,
            Function<Look<T>, Outcome<O>> conclude) {
        return SuspendGuard.<O>unlessAsked(targets, context)
                .orElseGet(() -> conclude.apply(look(targets, context, look)));
    }

    /// Runs `look` once per database. Unreachable, timed out as a whole, or cancelled: throws.
    public static <T> Look<T> look(
            Targets targets, ToolContext context, Function<ReadSession, T> look) {
        var names = targets.databases(context.target(), context.deadline());
        var results = new ArrayList<T>();
        var caveats = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var database = names.get(i);
            context.deadline().check("Reading database " + database);
            context.progress().at((double) i / names.size(), database);
            try (var session = targets.read(context.target(), database, context.deadline())) {
                results.add(look.apply(session));
            } catch (OpsException e) {
                if (endsAll(e, context)) {
                    throw e;
                }
                caveats.add("database %s was left out: %s".formatted(database, e.why()));
            }
        }
        return new Look<>(results, caveats, caveats.isEmpty());
    }

    /// Whether going on with the next object or database is pointless.
    public static boolean endsAll(OpsException e, ToolContext context) {
        return switch (e.kind()) {
            case UNREACHABLE, CANCELLED -> true;
            case TIMEOUT -> context.deadline().expired();
            case DENIED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL -> false;
        };
    }
}
