package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One execution plan with all that EXPLAIN printed beside it.
///
/// @param format it was read from
/// @param root the topmost node
/// @param planningMillis null when not said
/// @param executionMillis null without ANALYZE
/// @param jitMillis time of just-in-time compilation, 0 when there was none
/// @param triggers with their times
/// @param settings planner settings that differ from the defaults (EXPLAIN SETTINGS)
/// @param query text of the statement where the log gave it
/// @param others further plans in the same paste, which rules can make of one statement
/// @param json the plan as EXPLAIN (FORMAT JSON) would have printed it
public record ExplainedPlan(
        PlanFormat format,
        PlanNode root,
        @Nullable Double planningMillis,
        @Nullable Double executionMillis,
        double jitMillis,
        List<Trigger> triggers,
        Map<String, String> settings,
        @Nullable String query,
        int others,
        JsonNode json) {
    public ExplainedPlan {
        triggers = List.copyOf(triggers);
        settings = Map.copyOf(settings);
    }

    /// Reads a plan that a person pasted: text as psql, DBeaver or a log prints it, JSON or YAML.
    ///
    /// @throws UnreadablePlanException says what is wrong with it
    public static ExplainedPlan read(String pasted) {
        return PlanReader.read(pasted);
    }

    public boolean analyzed() {
        return root.actual() != null;
    }

    public Optional<PlanNode> node(int number) {
        return root.all().filter(n -> n.number() == number).findFirst();
    }
}
