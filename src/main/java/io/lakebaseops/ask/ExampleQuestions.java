package io.lakebaseops.ask;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Questions worth asking of a server now: about its alerts and findings first, then the usual
/// ones. Reads our own state alone.
public final class ExampleQuestions {
    private static final int SHOWN = 6;

    private static final Map<String, String> BY_KIND =
            Map.ofEntries(
                    Map.entry("unused_index", "Which indexes are unused?"),
                    Map.entry("duplicate_index", "Which indexes are duplicates?"),
                    Map.entry("missing_index", "Which indexes are missing?"),
                    Map.entry("missing_fk_index", "Which foreign keys have no index?"),
                    Map.entry("bloated_index", "Which indexes are bloated?"),
                    Map.entry("table_needs_vacuum", "Which tables need a vacuum?"),
                    Map.entry("idle_in_transaction", "Who is idle in a transaction?"),
                    Map.entry("blocking_chain", "Who is blocking whom?"),
                    Map.entry("cold_data", "Which tables have cold data?"));

    private static final List<String> USUAL =
            List.of(
                    "Why is my database slow?",
                    "What changed since yesterday?",
                    "Which queries take the most time today?",
                    "What are the largest tables?",
                    "When do we run out of space?",
                    "Who is connected right now?");

    private final Supplier<Findings> findings;
    private final Alerts alerts;

    public ExampleQuestions(Supplier<Findings> findings, Alerts alerts) {
        this.findings = findings;
        this.alerts = alerts;
    }

    List<String> of(TargetId target) {
        var questions = new LinkedHashSet<String>();
        if (!alerts.active(target).isEmpty()) {
            questions.add("What is wrong right now?");
        }
        Stream.of(Severity.CRITICAL, Severity.WARNING)
                .flatMap(s -> findings.get().groups(target).stream().filter(g -> g.worst() == s))
                .map(g -> BY_KIND.get(g.kind()))
                .filter(q -> q != null)
                .limit(SHOWN - 2)
                .forEach(questions::add);
        questions.addAll(USUAL);
        return questions.stream().limit(SHOWN).toList();
    }
}
