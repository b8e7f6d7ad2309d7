package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.MetricName;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The filter of the fleet as it is typed: `state:critical env:ci owner:anna lag>10s prod`. All
/// words must hold; a comma means either; a minus in front means not.
final class FleetFilter {
    private static final Pattern KEY = Pattern.compile("([a-z]+):(.*)");
    private static final Pattern LIMIT = Pattern.compile("([a-z]+)([<>])(.*)");
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-z%]*)");

    private static final Map<String, MetricName> MEASURES =
            Map.of(
                    "cache", MetricName.CACHE_HIT_RATIO,
                    "connections", MetricName.CONNECTION_UTILIZATION,
                    "dead", MetricName.MAX_DEAD_TUPLE_RATIO,
                    "lock", MetricName.LOCK_WAIT_SECONDS,
                    "deadlocks", MetricName.DEADLOCKS_PER_HOUR,
                    "slow", MetricName.SLOWEST_QUERY_SECONDS,
                    "xid", MetricName.TXID_AGE,
                    "lag", MetricName.REPLICATION_LAG_SECONDS);

    static final FleetFilter ALL = new FleetFilter("", List.of());

    private final String text;
    private final List<Predicate<ServerCard>> words;

    private FleetFilter(String text, List<Predicate<ServerCard>> words) {
        this.text = text;
        this.words = List.copyOf(words);
    }

    /// A filter, or why what was typed is none.
    sealed interface Parsed {
        record Filter(FleetFilter filter) implements Parsed {}

        /// @param why what is not understood and what would be
        record Refused(String why) implements Parsed {}
    }

    /// What of the text is no word of the filter.
    private static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1;

        NotUnderstood(String why) {
            super(why);
        }
    }

    static Parsed parse(String typed) {
        var words = new ArrayList<Predicate<ServerCard>>();
        try {
            for (var word : typed.strip().split("\\s+")) {
                if (!word.isEmpty()) {
                    words.add(word(word.toLowerCase(Locale.ROOT)));
                }
            }
        } catch (NotUnderstood e) {
            return new Parsed.Refused(String.valueOf(e.getMessage()));
        }
        return new Parsed.Filter(new FleetFilter(typed.strip(), words));
    }

    String text() {
        return text;
    }

    boolean fits(ServerCard card) {
        return words.stream().allMatch(w -> w.test(card));
    }

    private static Predicate<ServerCard> word(String word) throws NotUnderstood {
        if (word.startsWith("-") && word.length() > 1) {
            return word(word.substring(1)).negate();
        }
        var limit = LIMIT.matcher(word);
        if (limit.matches()) {
            return measure(limit.group(1), limit.group(2), limit.group(3));
        }
        var key = KEY.matcher(word);
        if (key.matches()) {
            return field(key.group(1), key.group(2));
        }
        return card ->
                like(word, card.fullName().toLowerCase(Locale.ROOT), true)
                        || like(word, card.target().branch().toLowerCase(Locale.ROOT), true);
    }

    private static Predicate<ServerCard> field(String key, String value) throws NotUnderstood {
        if (value.isEmpty()) {
            throw new NotUnderstood(Texts.of("'%s:' needs a value, such as %s", key, example(key)));
        }
        var either = List.of(value.split(","));
        return switch (key) {
            case "state" -> state(either);
            case "env" -> card -> any(either, card.about().environment());
            case "owner" -> card -> any(either, card.about().owner());
            case "project" ->
                    card ->
                            any(either, card.target().project())
                                    || card.target().plain() && any(either, "own");
            case "profile" -> card -> any(either, card.target().profile());
            case "name" -> card -> any(either, card.name());
            default ->
                    throw new NotUnderstood(
                            Texts.of(
                                    "'%s:' is not known; use state:, env:, owner:, project:, profile:, name: or a measure such as lag>10s",
                                    key));
        };
    }

    private static String example(String key) {
        return switch (key) {
            case "state" -> "state:critical";
            case "env" -> "env:ci";
            case "owner" -> "owner:anna";
            default -> key + ":name";
        };
    }

    private static Predicate<ServerCard> state(List<String> either) throws NotUnderstood {
        var states = new ArrayList<FleetState>();
        for (var word : either) {
            if (word.equals("bad")) {
                states.addAll(List.of(FleetState.CRITICAL, FleetState.NOT_WATCHED));
                continue;
            }
            var state = FleetState.of(word);
            if (state.isEmpty()) {
                throw new NotUnderstood(
                        Texts.of(
                                "There is no state '%s'; there are bad, %s",
                                word,
                                String.join(
                                        ", ",
                                        Arrays.stream(FleetState.values())
                                                .map(FleetState::word)
                                                .toList())));
            }
            states.add(state.get());
        }
        return card -> states.contains(card.state());
    }

    private static Predicate<ServerCard> measure(String name, String side, String limit)
            throws NotUnderstood {
        var metric = MEASURES.get(name);
        if (metric == null) {
            throw new NotUnderstood(
                    Texts.of(
                            "There is no measure '%s'; there are %s",
                            name, String.join(", ", MEASURES.keySet().stream().sorted().toList())));
        }
        double value = value(name, metric, limit);
        boolean above = side.equals(">");
        return card ->
                card.light(metric)
                        .map(Light::figure)
                        .filter(v -> above ? v > value : v < value)
                        .isPresent();
    }

    private static double value(String name, MetricName metric, String text) throws NotUnderstood {
        var number = NUMBER.matcher(text);
        var factor = number.matches() ? factor(metric, number.group(2)) : Optional.<Double>empty();
        if (factor.isEmpty()) {
            throw new NotUnderstood(
                    Texts.of(
                            "'%s' needs a value such as %s, not '%s'",
                            name, name + ">" + sample(metric), text));
        }
        return Double.parseDouble(number.group(1)) * factor.get();
    }

    private static Optional<Double> factor(MetricName metric, String unit) {
        return Optional.ofNullable(
                switch (metric.unit()) {
                    case "s" ->
                            switch (unit) {
                                case "ms" -> 0.001;
                                case "s" -> 1.0;
                                case "min" -> 60.0;
                                case "h" -> 3600.0;
                                default -> null;
                            };
                    case "ratio" -> unit.equals("%") ? 0.01 : null;
                    case "transactions" ->
                            switch (unit) {
                                case "" -> 1.0;
                                case "k" -> 1e3;
                                case "m" -> 1e6;
                                case "b" -> 1e9;
                                default -> null;
                            };
                    default -> unit.isEmpty() ? 1.0 : null;
                });
    }

    private static String sample(MetricName metric) {
        return switch (metric.unit()) {
            case "s" -> "10s";
            case "ratio" -> "10%";
            case "transactions" -> "500M";
            default -> "2";
        };
    }

    private static boolean any(List<String> either, String value) {
        var name = value.toLowerCase(Locale.ROOT);
        return either.stream().anyMatch(e -> like(e, name, false));
    }

    /// A star stands for anything.
    ///
    /// @param part whether a piece of the name is enough
    private static boolean like(String wanted, String name, boolean part) {
        if (wanted.indexOf('*') < 0) {
            return part ? name.contains(wanted) : name.equals(wanted);
        }
        var pattern =
                Arrays.stream(wanted.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElse("");
        return Pattern.matches(pattern, name);
    }
}
