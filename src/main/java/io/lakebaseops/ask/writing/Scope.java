package io.lakebaseops.ask.writing;

import io.lakebaseops.ask.plan.StepResult;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What conditions and sentences may name: results by step and column, then the question's slots.
///
/// @param row the row of a table that a next step or link belongs to; empty elsewhere
record Scope(
        List<StepResult> results,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> row) {

    /// @param path `step.column`, or `column` of the first step that has it
    @Nullable Object value(String path) {
        int dot = path.indexOf('.');
        if (dot > 0) {
            return step(path.substring(0, dot))
                    .map(s -> s.value(path.substring(dot + 1)))
                    .orElse(null);
        }
        if (row.containsKey(path)) {
            return row.get(path);
        }
        for (var result : results) {
            var value = result.failed() ? null : result.value(path);
            if (value != null) {
                return value;
            }
        }
        return variables.get(path);
    }

    Optional<StepResult> step(String name) {
        return results.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    Scope with(Map<String, @Nullable Object> its) {
        return new Scope(results, variables, its);
    }
}
