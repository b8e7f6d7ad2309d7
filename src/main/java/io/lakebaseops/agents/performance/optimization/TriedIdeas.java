package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.agents.performance.indexes.IndexTwin;
import io.lakebaseops.agents.performance.indexes.WantedIndex;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Cause;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Index ideas of slow statements planned in the planner twin: each gets its cost before and after,
/// and one that the planner would not take is no longer proposed.
final class TriedIdeas {
    private final IndexTwin twin;
    private final ReadSession session;
    private final int most;

    /// @param most ideas to plan
    TriedIdeas(IndexTwin twin, ReadSession session, int most) {
        this.twin = twin;
        this.session = session;
        this.most = most;
    }

    /// Puts the answers into the diagnoses of the session's database.
    ///
    /// @return what limits them
    List<String> with(Map<SlowStatement, Diagnosis> diagnoses, ToolContext context) {
        var wanted = new LinkedHashMap<Cause, WantedIndex>();
        diagnoses.forEach(
                (statement, diagnosis) -> {
                    for (var cause : diagnosis.causes()) {
                        var index = index(statement, cause);
                        if (index != null && wanted.size() < most) {
                            wanted.put(cause, index);
                        }
                    }
                });
        var caveats = new ArrayList<String>();
        var answers = twin.planned(session, List.copyOf(wanted.values()), caveats, context);
        diagnoses.replaceAll(
                (_, diagnosis) -> {
                    var causes = new ArrayList<Cause>();
                    for (var cause : diagnosis.causes()) {
                        var index = wanted.get(cause);
                        var answer = index == null ? null : answers.get(index);
                        causes.add(
                                index == null || answer == null
                                        ? cause
                                        : tried(cause, index, answer));
                    }
                    return diagnosis.with(causes);
                });
        return caveats;
    }

    private @Nullable WantedIndex index(SlowStatement statement, Cause cause) {
        IndexIdea idea = cause.index();
        var text = statement.query();
        if (idea == null
                || idea.schema() == null
                || text == null
                || !idea.method().equals("btree")
                || !statement.databaseName().equals(session.database())
                || idea.keys().stream()
                        .map(StatementFixes::column)
                        .anyMatch(k -> k.matches(".*[( ].*"))) {
            return null;
        }
        return new WantedIndex(
                text,
                idea.schema(),
                idea.table(),
                idea.keys().stream().map(StatementFixes::column).toList());
    }

    private static Cause tried(Cause cause, WantedIndex index, WantedIndex.Answer answer) {
        var caveats = new ArrayList<>(cause.caveats());
        var keys = String.join(", ", index.keys());
        caveats.addFirst(
                answer.used()
                        ? "planned in the planner twin with an index on (%s): cost %.0f before, %.0f after; computed, not measured"
                                .formatted(keys, answer.before(), answer.after())
                        : "planned in the planner twin, an index on (%s) is not taken: it is not proposed"
                                .formatted(keys));
        return new Cause(
                cause.cause(),
                cause.title(),
                cause.node(),
                cause.share(),
                cause.seen(),
                cause.why(),
                cause.check(),
                answer.used()
                        ? cause.remedy()
                        : "No index on (%s): the planner would not take it. Look at the statement itself"
                                .formatted(keys),
                caveats,
                answer.used() ? cause.index() : null,
                answer);
    }
}
