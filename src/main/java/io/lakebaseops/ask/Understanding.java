package io.lakebaseops.ask;

import io.lakebaseops.ask.meaning.Intent;
import io.lakebaseops.ask.meaning.IntentLibrary;
import io.lakebaseops.ask.meaning.IntentMatcher;
import io.lakebaseops.ask.meaning.IntentMatcher.Match;
import io.lakebaseops.ask.meaning.Order;
import io.lakebaseops.ask.meaning.Words;
import io.lakebaseops.ask.names.FoundName;
import io.lakebaseops.ask.names.NameFinder;
import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.names.ServerName;
import io.lakebaseops.ask.names.TimeSpan;
import io.lakebaseops.ask.names.TimeWords;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Reading;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Understands a question: which intent it has, and which names, numbers and times it gives. Knows
/// the names of the server it is given and asks none.
public final class Understanding {
    /// Below it a question is about something else.
    static final double FLOOR = 0.37;

    /// Two readings nearer than this to each other are asked about.
    static final double CLOSE = 0.008;

    /// From here on the best reading is taken however near the next one is.
    private static final double SURE = 0.75;

    private static final int READINGS = 3;

    private static final Pattern PID =
            Pattern.compile(
                    "\\b(?:pid|session|process|backend|sitzung|sesion|prozess|proceso)\\s+#?(\\d{2,7})\\b");
    /// Not an amount of something.
    private static final Pattern QUERY_ID =
            Pattern.compile(
                    "(?<![\\d.])(-?\\d{8,20})\\b(?! (?:transactions?|xids?|rows?|bytes?|tuples?|pages?|blocks?|ms|[kmgt]i?b)\\b)");

    /// Called as indexes are, though none of the server's.
    private static final Pattern LIKE_AN_INDEX =
            Pattern.compile("\\b\\w+_(?:idx|pkey|key|index)\\b");

    private static final Pattern LIMIT =
            Pattern.compile(
                    "\\b(?:top|first|biggest|largest|groessten|grossten|mayores|primeras)\\s+(\\d{1,3})\\b|\\b(\\d{1,2}) (?:biggest|largest|slowest|grossten|langsamsten)\\b");

    /// A question that only makes sense after another one.
    private static final Pattern FOLLOWS =
            Pattern.compile(
                    "^(?:and|und|y|what about|how about|same (?:for|on)|now for|was ist mit|que hay de|also|ok and)\\b");

    private static final Pattern POINTS =
            Pattern.compile(
                    "\\b(?:it|its|this|that|these|those|them|there|here|dies\\w*|es|das|davon|esto|eso|esta|este)\\b");

    private final IntentLibrary library;
    private final IntentMatcher matcher;
    private final NameFinder names;

    public Understanding(IntentLibrary library, IntentMatcher matcher) {
        this.library = library;
        this.matcher = matcher;
        names =
                new NameFinder(
                        library.all().stream()
                                .filter(i -> !i.id().equals(IntentLibrary.OUTSIDE))
                                .flatMap(i -> i.examples().stream())
                                .flatMap(e -> Words.of(e).stream())
                                .collect(Collectors.toSet()));
    }

    /// Loads what a question has to wait for when it is the first.
    ///
    /// @param question as far as it is known; null loads all
    public void prepare(@Nullable String question) {
        if (question == null) {
            matcher.prepare();
        } else {
            ranked(question, NameIndex.EMPTY, List.of());
        }
    }

    /// What a question is most likely to be, told at once from its words without names of the
    /// server; it may turn out otherwise.
    public Optional<Intent> likely(Question question) {
        var chosen = question.slots().get(Question.INTENT);
        return chosen != null
                ? library.find(chosen)
                : Optional.of(matcher.byWords(question.text()).intent());
    }

    /// What a question turned out to be.
    public sealed interface Understood {
        /// @param also what besides it was ordered and is not done
        record Asks(Intent intent, double score, Slots slots, List<Order> also)
                implements Understood {}

        /// @param readings best first
        record Several(List<Match> readings, Slots slots) implements Understood {}

        /// The intent needs something the question does not name.
        record Lacks(Intent intent, String slot, Slots slots) implements Understood {}

        record Orders(List<Order> orders, Slots slots) implements Understood {}

        /// @param nearest what it resembled most
        record Outside(double score, @Nullable Intent nearest) implements Understood {}
    }

    /// @param others per slot, further names that could be meant
    public record Slots(
            Map<String, ServerName> names,
            Map<String, String> numbers,
            @Nullable TimeSpan time,
            @Nullable String branch,
            Map<String, List<ServerName>> others) {
        boolean has(String slot) {
            return names.containsKey(slot)
                    || numbers.containsKey(slot)
                    || slot.equals("branch") && branch != null
                    || slot.equals("time") && time != null;
        }

        Slots within(TimeSpan span) {
            return new Slots(names, numbers, span, branch, others);
        }

        List<Reading.Slot> shown() {
            var shown = new ArrayList<Reading.Slot>();
            names.forEach(
                    (slot, name) ->
                            shown.add(
                                    new Reading.Slot(
                                            slot,
                                            name.display(),
                                            Format.printable(name.display()),
                                            others.getOrDefault(slot, List.of()).stream()
                                                    .map(ServerName::display)
                                                    .toList())));
            numbers.forEach((slot, n) -> shown.add(new Reading.Slot(slot, n, n, List.of())));
            if (time != null) {
                shown.add(
                        new Reading.Slot(
                                "time", time.from() + "/" + time.until(), time.words(), List.of()));
            }
            if (branch != null) {
                shown.add(new Reading.Slot("branch", branch, branch, List.of()));
            }
            return shown;
        }
    }

    /// @param branches of the same project, by name
    public Understood understand(Question question, NameIndex index, List<String> branches) {
        var orders = Order.in(question.text());
        var text = orders.isEmpty() ? question.text() : Order.without(question.text());
        var slots = slots(question, orders.isEmpty() ? text : question.text(), index, branches);
        if (!orders.isEmpty() && Words.of(text).size() < 2) {
            return new Understood.Orders(orders, slots);
        }
        var chosen = question.slots().get(Question.INTENT);
        if (chosen != null) {
            var intent = library.find(chosen);
            if (intent.isPresent()) {
                return complete(intent.get(), 1, question, slots, orders, index);
            }
        }
        var last = last(question);
        if (last != null && follows(text, slots)) {
            var before = library.find(last.intent());
            if (before.isPresent()) {
                return complete(
                        before.get(), 1, question, inherited(slots, last, index), orders, index);
            }
        }
        var ranked = ranked(text, index, branches);
        var best = ranked.getFirst();
        if (best.intent().id().equals(IntentLibrary.OUTSIDE) || best.score() < FLOOR) {
            return orders.isEmpty()
                    ? new Understood.Outside(best.score(), best.intent())
                    : new Understood.Orders(orders, slots);
        }
        var near =
                ranked.stream()
                        .filter(m -> best.score() - m.score() < CLOSE)
                        .filter(m -> !m.intent().id().equals(IntentLibrary.OUTSIDE))
                        .limit(READINGS)
                        .toList();
        if (near.size() > 1 && best.score() < SURE) {
            return new Understood.Several(near, slots);
        }
        var withBefore =
                last != null && POINTS.matcher(Words.plain(text)).find()
                        ? inherited(slots, last, index)
                        : slots;
        return complete(best.intent(), best.score(), question, withBefore, orders, index);
    }

    /// "Close to max connections" names a setting or does not: the better fit decides.
    private List<Match> ranked(String text, NameIndex index, List<String> branches) {
        var masked = masked(text, index, branches, true);
        var ranked = matcher.rank(masked);
        var literal = masked(text, index, branches, false);
        if (masked.equals(literal)) {
            return ranked;
        }
        var other = matcher.rank(literal);
        return other.getFirst().score() > ranked.getFirst().score() ? other : ranked;
    }

    private Understood complete(
            Intent intent,
            double score,
            Question question,
            Slots slots,
            List<Order> orders,
            NameIndex index) {
        var needs = intent.needs();
        if (needs == null || slots.has(needs)) {
            return new Understood.Asks(intent, score, slots, orders);
        }
        var selected = selected(question, index);
        if (selected != null && selected.kind().equals(needs)) {
            return new Understood.Asks(intent, score, with(slots, selected), orders);
        }
        var last = last(question);
        if (last != null) {
            var inherited = inherited(slots, last, index);
            if (inherited.has(needs)) {
                return new Understood.Asks(intent, score, inherited, orders);
            }
        }
        return new Understood.Lacks(intent, needs, slots);
    }

    private static boolean follows(String text, Slots slots) {
        var plain = Words.plain(text).strip();
        var words = Words.of(text);
        boolean something =
                !slots.names().isEmpty() || slots.time() != null || slots.branch() != null;
        return something
                && (FOLLOWS.matcher(plain).find() && words.size() <= 8
                        || words.size() <= 3 && !plain.endsWith("?"));
    }

    private static @Nullable Reading last(Question question) {
        for (var exchange : question.before().reversed()) {
            if (exchange.answer().kind() == Answer.Kind.ANSWERED
                    && exchange.answer().reading() != null) {
                return exchange.answer().reading();
            }
        }
        return null;
    }

    /// The slots of the last reading under those of this question.
    private static Slots inherited(Slots slots, Reading last, NameIndex index) {
        var names = new LinkedHashMap<String, ServerName>();
        var numbers = new LinkedHashMap<String, String>();
        var branch = slots.branch();
        for (var slot : last.slots()) {
            if (slot.name().equals("branch")) {
                branch = branch == null ? slot.value() : branch;
            } else if (slot.value().matches("-?\\d+")) {
                numbers.put(slot.name(), slot.value());
            } else if (!slot.name().equals("time")) {
                index.exactly(slot.value()).stream()
                        .filter(n -> n.kind().equals(slot.name()))
                        .findFirst()
                        .ifPresent(n -> names.put(slot.name(), n));
            }
        }
        names.putAll(slots.names());
        numbers.putAll(slots.numbers());
        return new Slots(names, numbers, slots.time(), branch, slots.others());
    }

    private static Slots with(Slots slots, ServerName name) {
        var names = new LinkedHashMap<>(slots.names());
        names.put(name.kind(), name);
        return new Slots(names, slots.numbers(), slots.time(), slots.branch(), slots.others());
    }

    private static @Nullable ServerName selected(Question question, NameIndex index) {
        var subject = question.selected();
        if (subject == null) {
            return null;
        }
        return index.exactly(subject.display()).stream()
                .filter(n -> n.kind().equals(subject.type()))
                .findFirst()
                .orElse(null);
    }

    private Slots slots(Question question, String text, NameIndex index, List<String> branches) {
        var found = new LinkedHashMap<String, ServerName>();
        var others = new HashMap<String, List<ServerName>>();
        for (var name : names.find(text, index)) {
            if (found.putIfAbsent(name.slot(), name.name()) == null) {
                others.put(name.slot(), name.others());
            }
        }
        var selected = selected(question, index);
        if (selected != null
                && !found.containsKey(selected.kind())
                && POINTS.matcher(Words.plain(text)).find()) {
            found.put(selected.kind(), selected);
        }
        var numbers = numbers(Words.plain(text));
        if (question.selected() != null
                && question.selected().type().equals("statement")
                && !numbers.containsKey("queryid")
                && question.selected().name().matches("-?\\d+")) {
            numbers.put("queryid", question.selected().name());
        }
        var time = TimeWords.find(text, question.askedAt(), question.zone()).orElse(null);
        var branch =
                Words.of(text.replace('-', '_')).stream()
                        .flatMap(w -> branches.stream().filter(b -> b.replace('-', '_').equals(w)))
                        .findFirst()
                        .orElse(null);
        for (var chosen : question.slots().entrySet()) {
            switch (chosen.getKey()) {
                case Question.INTENT, Question.MODEL -> {}
                case "time" ->
                        time =
                                TimeWords.chosen(
                                                chosen.getValue(),
                                                question.askedAt(),
                                                question.zone())
                                        .orElse(time);
                case "branch" -> branch = chosen.getValue();
                case "pid", "queryid", "limit" -> numbers.put(chosen.getKey(), chosen.getValue());
                default ->
                        index.exactly(chosen.getValue()).stream()
                                .filter(n -> n.kind().equals(chosen.getKey()))
                                .findFirst()
                                .ifPresent(n -> found.put(chosen.getKey(), n));
            }
        }
        return new Slots(found, numbers, time, branch, others);
    }

    private static Map<String, String> numbers(String plain) {
        var numbers = new LinkedHashMap<String, String>();
        var pid = PID.matcher(plain);
        if (pid.find()) {
            numbers.put("pid", pid.group(1));
        }
        var id = QUERY_ID.matcher(plain);
        if (id.find()) {
            numbers.put("queryid", id.group(1));
        }
        var limit = LIMIT.matcher(plain);
        if (limit.find()) {
            numbers.put("limit", limit.group(1) == null ? limit.group(2) : limit.group(1));
        }
        return numbers;
    }

    /// The question with names replaced by what they are: `how big is tablename`.
    ///
    /// @param settings false: names of settings stay as they are
    private String masked(String text, NameIndex index, List<String> branches, boolean settings) {
        var masked = new StringBuilder(text);
        for (FoundName found : names.find(text, index).reversed()) {
            if (!settings && found.slot().equals("setting")) {
                continue;
            }
            masked.replace(found.from(), found.until(), found.slot() + "name");
        }
        var plain = PID.matcher(Words.plain(masked.toString())).replaceAll("session pidnumber");
        plain = QUERY_ID.matcher(plain).replaceAll("queryidnumber");
        plain = LIKE_AN_INDEX.matcher(plain).replaceAll("indexname");
        for (var branch : branches) {
            plain = plain.replaceAll("\\b" + Pattern.quote(branch) + "\\b", "branchname");
        }
        return plain;
    }
}
