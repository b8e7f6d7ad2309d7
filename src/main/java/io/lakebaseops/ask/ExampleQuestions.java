package io.lakebaseops.ask;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Questions worth asking of a server now: about its alerts and findings first, then the usual
/// ones. Reads our own state alone.
public final class ExampleQuestions {
    private static final int SHOWN = 6;

    private static final Example WRONG =
            new Example("What is wrong right now?", "Was stimmt gerade nicht?");

    private static final Map<String, Example> BY_KIND =
            Map.ofEntries(
                    kind(
                            "unused_index",
                            "Which indexes are unused?",
                            "Welche Indizes sind ungenutzt?"),
                    kind(
                            "duplicate_index",
                            "Which indexes are duplicates?",
                            "Welche Indizes sind doppelt?"),
                    kind("missing_index", "Which indexes are missing?", "Welche Indizes fehlen?"),
                    kind(
                            "missing_fk_index",
                            "Which foreign keys have no index?",
                            "Welche Fremdschlüssel haben keinen Index?"),
                    kind(
                            "bloated_index",
                            "Which indexes are bloated?",
                            "Welche Indizes sind aufgebläht?"),
                    kind(
                            "table_needs_vacuum",
                            "Which tables need a vacuum?",
                            "Welche Tabellen brauchen ein Vacuum?"),
                    kind(
                            "idle_in_transaction",
                            "Who is idle in a transaction?",
                            "Wer ist untätig in einer Transaktion?"),
                    kind("blocking_chain", "Who is blocking whom?", "Wer blockiert wen?"),
                    kind(
                            "cold_data",
                            "Which tables have cold data?",
                            "Welche Tabellen haben kalte Daten?"));

    private static final List<Example> USUAL =
            List.of(
                    new Example("Why is my database slow?", "Warum ist meine Datenbank langsam?"),
                    new Example(
                            "What changed since yesterday?", "Was hat sich seit gestern geändert?"),
                    new Example(
                            "Which queries take the most time today?",
                            "Welche Abfragen brauchen heute am meisten Zeit?"),
                    new Example("What are the largest tables?", "Welche Tabellen sind am größten?"),
                    new Example(
                            "When do we run out of space?", "Wann geht uns der Speicherplatz aus?"),
                    new Example("Who is connected right now?", "Wer ist gerade verbunden?"));

    private final Supplier<Findings> findings;
    private final Alerts alerts;
    private final Supplier<Locale> language;

    /// @param language in which they are asked: English or German
    public ExampleQuestions(Supplier<Findings> findings, Alerts alerts, Supplier<Locale> language) {
        this.findings = findings;
        this.alerts = alerts;
        this.language = language;
    }

    /// A question as it is typed, in the languages of the window.
    record Example(String english, String german) {
        String in(Locale language) {
            return language.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
        }
    }

    private static Map.Entry<String, Example> kind(String kind, String english, String german) {
        return Map.entry(kind, new Example(english, german));
    }

    static List<Example> all() {
        return Stream.of(Stream.of(WRONG), BY_KIND.values().stream(), USUAL.stream())
                .flatMap(s -> s)
                .toList();
    }

    List<String> of(TargetId target) {
        var questions = new LinkedHashSet<Example>();
        if (!alerts.active(target).isEmpty()) {
            questions.add(WRONG);
        }
        Stream.of(Severity.CRITICAL, Severity.WARNING)
                .flatMap(s -> findings.get().groups(target).stream().filter(g -> g.worst() == s))
                .map(g -> BY_KIND.get(g.kind()))
                .filter(q -> q != null)
                .limit(SHOWN - 2)
                .forEach(questions::add);
        questions.addAll(USUAL);
        var shown = language.get();
        return questions.stream().limit(SHOWN).map(q -> q.in(shown)).toList();
    }
}
