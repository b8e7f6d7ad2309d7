package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rows behind an alert, captured before anything is done, because doing it destroys the
/// traces. Literals in query texts are masked.
final class SopEvidence {
    private SopEvidence() {}

    static Evidence capture(MetricEvidence asked, ReadSession session, ToolContext context) {
        var rows = masked(session.query(asked.query(), asked.params()));
        return new Evidence(asked.query().path(), asked.params(), rows, context.clock().instant());
    }

    static Rows masked(Rows rows) {
        var list =
                rows.list().stream()
                        .map(
                                row -> {
                                    Map<String, @Nullable Object> copy = new LinkedHashMap<>(row);
                                    copy.computeIfPresent(
                                            "query_text",
                                            (_, text) -> SqlMask.mask(text.toString()));
                                    return copy;
                                })
                        .toList();
        return new Rows(List.copyOf(list));
    }
}
