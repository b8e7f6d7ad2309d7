package io.lakebaseops.ask.plan;

import io.lakebaseops.domain.answer.AnswerStep;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one step of a plan gave: rows, single facts beside them, and the output of a tool.
///
/// @param name under which sentences speak of it
/// @param step as shown to the person
/// @param output a tool's own record; null for all else
public record StepResult(
        String name,
        AnswerStep step,
        List<Map<String, @Nullable Object>> rows,
        Map<String, @Nullable Object> facts,
        @Nullable Record output,
        List<String> caveats) {
    public StepResult {
        rows = List.copyOf(rows);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        caveats = List.copyOf(caveats);
    }

    public boolean failed() {
        return step.failed() != null;
    }

    /// A fact, or the column of the first row; null when there is none of this name.
    public @Nullable Object value(String column) {
        if (column.equals("count")) {
            return (long) rows.size();
        }
        if (facts.containsKey(column)) {
            return facts.get(column);
        }
        return rows.isEmpty() ? null : rows.getFirst().get(column);
    }
}
