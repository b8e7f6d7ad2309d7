package io.lakebaseops.ask.meaning;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// An order to change something, found in a question: this room reads, so it is refused with the
/// plan that could be filed instead.
///
/// @param verb as it was said
/// @param act what it would be: `drop`, `end`, `vacuum`, `create`, `change`
public record Order(String verb, String act, String sentence) {
    private static final Pattern SENTENCES =
            Pattern.compile("(?<=[.!?;\\n:])\\s+|\\n|--|/\\*|\\*/|;");

    private static final Map<String, String> VERBS = verbs();

    /// May stand before an order without making it a question.
    private static final Set<String> BEFORE =
            Set.of(
                    "please",
                    "just",
                    "now",
                    "then",
                    "and",
                    "also",
                    "go",
                    "ahead",
                    "can",
                    "could",
                    "you",
                    "are",
                    "would",
                    "kindly",
                    "system",
                    "assistant",
                    "first",
                    "instead",
                    "i",
                    "want",
                    "to",
                    "need",
                    "must",
                    "bitte",
                    "jetzt",
                    "dann",
                    "und",
                    "kannst",
                    "du",
                    "por",
                    "favor",
                    "ahora",
                    "y",
                    "puedes",
                    "ok",
                    "okay",
                    "hey",
                    "hi",
                    "immediately",
                    "lets",
                    "let",
                    "us",
                    "should",
                    "sofort",
                    "forget",
                    "it",
                    "everything",
                    "user",
                    "admin",
                    "new",
                    "task",
                    "urgent",
                    "important",
                    "will",
                    "id",
                    "like",
                    "quickly",
                    "simply",
                    "finally",
                    "either");

    /// What stands before one of these is a noun: "vacuum progress", "restart needed", "vacuum
    /// says".
    private static final Set<String> OF_NOUNS =
            Set.of(
                    "status",
                    "progress",
                    "state",
                    "settings",
                    "setting",
                    "candidates",
                    "history",
                    "statistics",
                    "of",
                    "is",
                    "was",
                    "running",
                    "needed",
                    "schedule",
                    "overview",
                    "pending",
                    "required",
                    "rate",
                    "frequency",
                    "limit",
                    "volume",
                    "configuration",
                    "mode",
                    "log",
                    "failures",
                    "errors",
                    "says",
                    "said",
                    "reports",
                    "does",
                    "doesnt",
                    "did",
                    "didnt",
                    "has",
                    "takes",
                    "took",
                    "keeps",
                    "runs",
                    "ran",
                    "hangs",
                    "never",
                    "cannot",
                    "seems",
                    "command",
                    "failed",
                    "und");

    /// A statement that does one of these is complained about: "ALTER TABLE hangs forever".
    private static final Set<String> COMPLAINTS =
            Set.of(
                    "hangs",
                    "stuck",
                    "waits",
                    "blocks",
                    "fails",
                    "finishes",
                    "never",
                    "takes",
                    "hangt",
                    "wartet",
                    "blockiert",
                    "tarda",
                    "espera");

    private static final int COMPLAINED_WITHIN = 4;

    /// To run a check or to tune a query is to look at it first.
    private static final Set<String> LOOKS = Set.of("run", "tune", "write");

    private static final Set<String> LOOKED_AT =
            Set.of(
                    "check",
                    "report",
                    "analysis",
                    "diagnosis",
                    "query",
                    "queries",
                    "statement",
                    "statements",
                    "settings",
                    "parameters",
                    "configuration");

    /// Makes "you" out of "I": "can I drop it?" asks.
    private static final Pattern ASKS =
            Pattern.compile(
                    "^(?:can|could|may|should|shall|must|do|would|will|is|are|what|why|when|how|which|who|where|"
                            + "kann|darf|soll|muss|puedo|debo|was|warum|wie|welche|wer|que|por que|como|cual)\\b"
                            + "(?! you\\b| du\\b| favor\\b)");

    private static final Pattern INJECTED =
            Pattern.compile(
                    "(?:ignor\\w*|disregard|forget|override|bypass|vergiss|olvida\\w*)\\b.{0,40}\\b(?:instruction|rule|polic|"
                            + "guard|prompt|previous|above|anweisung|regel|instruccion|safety|restriction)");

    private static Map<String, String> verbs() {
        return Map.ofEntries(
                Map.entry(
                        "drop",
                        "drop delete truncate remove erase wipe purge destroy losch losche loschen entferne borra borrar"
                                + " elimina eliminar quita"),
                Map.entry(
                        "end",
                        "kill terminate cancel stop end disconnect abort tote beende beenden stoppe mata matar termina"
                                + " terminar cancela"),
                Map.entry("vacuum", "vacuum vakuumiere repack"),
                Map.entry("reindex", "reindex rebuild"),
                Map.entry("create", "create add make erstelle lege crea crear anade"),
                Map.entry("branch", "protect unprotect reset"),
                Map.entry("archive", "archive archiviere archiva"),
                Map.entry("tune", "tune"),
                Map.entry("heal", "fix heal repair mend behebe repariere arregla repara"),
                Map.entry(
                        "change",
                        "alter set update insert grant revoke rename restart reboot disable enable run execute exec apply"
                                + " restore promote resize scale increase decrease raise lower change modify call copy"
                                + " export send move migrate install upgrade reload failover switch turn shutdown ander"
                                + " andere setze starte cambia ejecuta reinicia actualiza otorga pon email write approve"
                                + " reject"));
    }

    /// Verbs that also begin questions; an order only with an object of the server after them.
    private static final Set<String> MILD =
            Set.of(
                    "run", "set", "end", "make", "call", "write", "send", "copy", "change", "turn",
                    "switch", "apply", "update");

    /// The sentences of a text that order something, first to last.
    public static List<Order> in(String text) {
        var orders = new ArrayList<Order>();
        for (var sentence : SENTENCES.split(text)) {
            of(sentence).ifPresent(orders::add);
        }
        return orders;
    }

    /// What is left of a text without its orders and the words that prepare them.
    public static String without(String text) {
        var rest = new ArrayList<String>();
        for (var sentence : SENTENCES.split(text)) {
            if (of(sentence).isEmpty() && !INJECTED.matcher(Words.plain(sentence)).find()) {
                rest.add(sentence.strip());
            }
        }
        return String.join(" ", rest).strip();
    }

    private static Optional<Order> of(String sentence) {
        var plain = Words.plain(sentence).strip();
        var words = Words.of(sentence);
        if (INJECTED.matcher(plain).find()) {
            return Optional.of(new Order("ignore", "change", sentence.strip()));
        }
        if (ASKS.matcher(plain).find()) {
            return tail(words, sentence);
        }
        for (int i = 0; i < words.size(); i++) {
            var act = act(words.get(i));
            boolean noun =
                    i + 1 < words.size() && OF_NOUNS.contains(words.get(i + 1))
                            || act != null
                                    && LOOKS.contains(words.get(i))
                                    && words.stream().anyMatch(LOOKED_AT::contains)
                            || act != null
                                    && !act.equals("end")
                                    && words.stream()
                                            .limit(i + COMPLAINED_WITHIN)
                                            .anyMatch(COMPLAINTS::contains);
            if (act != null && !noun && !(MILD.contains(words.get(i)) && words.size() < i + 3)) {
                return Optional.of(new Order(words.get(i), act, sentence.strip()));
            }
            if (!BEFORE.contains(words.get(i))) {
                return tail(words, sentence);
            }
        }
        return Optional.empty();
    }

    /// `… and then drop it`: an order behind a question.
    private static Optional<Order> tail(List<String> words, String sentence) {
        for (int i = 1; i + 1 < words.size(); i++) {
            var before = words.get(i - 1);
            boolean joined =
                    before.equals("then")
                            || before.equals("dann")
                            || before.equals("luego")
                            || before.equals("and")
                                    && i + 2 < words.size()
                                    && !MILD.contains(words.get(i));
            var act = joined ? act(words.get(i)) : null;
            if (act != null && !words.get(i).equals("end") && !words.getFirst().equals("what")) {
                return Optional.of(new Order(words.get(i), act, sentence.strip()));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String act(String word) {
        for (var entry : VERBS.entrySet()) {
            if (List.of(entry.getValue().split(" ")).contains(word)) {
                return entry.getKey();
            }
        }
        return null;
    }
}
