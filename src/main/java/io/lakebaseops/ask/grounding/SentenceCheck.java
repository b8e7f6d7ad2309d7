package io.lakebaseops.ask.grounding;

import io.lakebaseops.ask.grounding.Claim.Amount;
import io.lakebaseops.ask.grounding.Claim.Hedge;
import io.lakebaseops.ask.grounding.Claim.Meaning;
import io.lakebaseops.ask.grounding.Claim.Moment;
import io.lakebaseops.ask.grounding.FactRecord.Fact;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Says of one sentence whether all of its claims follow from the results, and if not, which does
/// not and why.
final class SentenceCheck {
    /// "About" is within a twentieth.
    private static final BigDecimal NEAR = new BigDecimal("0.05");

    /// "More than 1,000" is more than that, but not another order.
    private static final BigDecimal FAR = BigDecimal.TWO;

    /// An average over this is told in whole things.
    private static final BigDecimal MANY = BigDecimal.TEN;

    /// Only then a time span may be the age of a moment.
    private static final Pattern AGES =
            Pattern.compile("(?i)\\b(?:ago|old|since|for|earlier|age|vor|seit|alt|hace|desde)\\b");

    /// Only then a figure may be the sum or difference of others.
    private static final Pattern ADDS =
            Pattern.compile(
                    "(?i)\\b(?:total\\w*|sums?|altogether|together|combined|in all|all told|overall|"
                            + "more|fewer|less|larger|smaller|difference|rest|remaining|others?|up|"
                            + "down|grew|grown|shrank|by|from|insgesamt|zusammen|en total|rose|fell|"
                            + "increased?|decreased?|faster|slower|apart|between)\\b|=");

    private final FactBase facts;
    private final FactBase looked;
    private final Predicate<String> onServer;
    private final Instant now;
    private final ZoneId zone;

    SentenceCheck(
            FactBase facts, FactBase looked, Predicate<String> onServer, Instant now, ZoneId zone) {
        this.facts = facts;
        this.looked = looked;
        this.onServer = onServer;
        this.now = now;
        this.zone = zone;
    }

    /// Null when nothing is.
    @Nullable String wrong(String sentence) {
        var whole = about(sentence);
        boolean ages = AGES.matcher(sentence).find();
        var proven = new ArrayList<Amount>();
        var open = new ArrayList<Open>();
        for (var clause : Clauses.of(sentence)) {
            var claims = ClaimReader.of(clause);
            for (var claim : claims) {
                if (claim instanceof Claim.Name name && !known(name.text())) {
                    return "“%s” is no name in the results or on the server".formatted(name.text());
                }
            }
            var named = about(clause);
            var about = named.isEmpty() ? whole : named;
            var usable = usable(about, named.isEmpty());
            for (var claim : claims) {
                switch (claim) {
                    case Amount amount -> {
                        if (holds(amount, usable, ages)) {
                            proven.add(amount);
                        } else {
                            open.add(new Open(amount, about));
                        }
                    }
                    case Moment moment -> {
                        if (!told(moment, now)
                                && usable.stream().noneMatch(r -> holds(moment, r))) {
                            return "no result has the time “%s”".formatted(moment.text());
                        }
                    }
                    case Claim.Nothing nothing -> {
                        if (usable.stream().noneMatch(r -> r.nothing)) {
                            return "no result says that there is nothing (“%s”)"
                                    .formatted(nothing.text());
                        }
                    }
                    case Claim.Name _ -> {}
                }
            }
        }
        boolean adds = ADDS.matcher(sentence).find();
        for (var one : open) {
            if (!follows(one.amount(), proven, adds)) {
                return why(one, ages);
            }
        }
        return null;
    }

    /// A figure that no result has by itself, and what it was said of.
    private record Open(Amount amount, Set<String> about) {}

    private String why(Open one, boolean ages) {
        boolean elsewhere = !one.about().isEmpty() && holds(one.amount(), facts.records(), ages);
        return elsewhere
                ? "“%s” is a figure of something else than %s"
                        .formatted(one.amount().text(), String.join(", ", one.about()))
                : "no result has the figure “%s”".formatted(one.amount().text());
    }

    private boolean known(String name) {
        if (facts.knows(name) || onServer.test(name) || PostgresWords.catalog(name)) {
            return true;
        }
        var parts = name.split("\\.");
        if (parts.length < 2) {
            return false;
        }
        for (var part : parts) {
            if (!facts.knows(part) && !onServer.test(part) && !PostgresWords.catalog(part)) {
                return false;
            }
        }
        return true;
    }

    /// The objects of the results that the sentence speaks of.
    private Set<String> about(String sentence) {
        var words = new HashSet<String>();
        var plain = ClaimReader.plain(sentence).replace("\"", "").toLowerCase(Locale.ROOT);
        for (var word : plain.split("[^\\p{L}\\p{N}_$.-]+")) {
            var name = word.replaceAll("[.-]+$", "");
            words.add(name);
            words.add(name.substring(name.lastIndexOf('.') + 1));
        }
        var objects = new HashSet<String>();
        var places = new HashSet<String>();
        for (var record : facts.records()) {
            record.names.stream().filter(n -> speaks(n, words)).forEach(objects::add);
            record.places.stream().filter(n -> speaks(n, words)).forEach(places::add);
        }
        // What it lies in says less than the thing itself.
        return objects.isEmpty() ? places : objects;
    }

    private static boolean speaks(String name, Set<String> words) {
        return name.length() > 2 && words.contains(name) && !PostgresWords.keyword(name);
    }

    /// The records that are about one of these, and those that contain them.
    ///
    /// @param loosely also those that are about nothing by name
    private List<FactRecord> usable(Set<String> about, boolean loosely) {
        var all = facts.records();
        if (about.isEmpty()) {
            return all;
        }
        var of = all.stream().filter(r -> r.meets(about)).toList();
        var above = new HashSet<FactRecord>();
        for (var record : of) {
            for (var up = record.parent; up != null; up = up.parent) {
                above.add(up);
            }
        }
        return all.stream()
                .filter(
                        r ->
                                r.meets(about)
                                        || above.contains(r)
                                        || loosely && r.about().isEmpty() && r.places.isEmpty())
                .toList();
    }

    private boolean holds(Amount amount, List<FactRecord> records, boolean ages) {
        if (amount.hedge() == Hedge.PLACE) {
            var place = amount.meanings().getFirst().value();
            return records.stream()
                    .anyMatch(r -> BigDecimal.valueOf(r.longest).compareTo(place) >= 0);
        }
        for (var meaning : amount.meanings()) {
            for (var record : records) {
                if (record.facts.stream().anyMatch(f -> fits(meaning, amount.hedge(), f))) {
                    return true;
                }
                if (ages && aged(meaning, record)) {
                    return true;
                }
            }
            boolean within = amount.hedge() == Hedge.WITHIN;
            if (within
                    && looked.records().stream()
                            .flatMap(r -> r.facts.stream())
                            .anyMatch(f -> fits(meaning, Hedge.EXACT, f))) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Meaning meaning, Hedge hedge, Fact fact) {
        if (!comparable(meaning, fact)) {
            return false;
        }
        var slack = meaning.slack();
        if (slack.signum() == 0 && !fact.whole() && fact.value().abs().compareTo(MANY) > 0) {
            slack = new BigDecimal("0.5");
        }
        var value = meaning.value();
        var apart = fact.value().subtract(value).abs();
        if (apart.compareTo(slack) <= 0) {
            return true;
        }
        return switch (hedge) {
            case EXACT, WITHIN, PLACE -> false;
            case ABOUT -> apart.compareTo(fact.value().abs().multiply(NEAR)) <= 0;
            case MORE ->
                    fact.value().compareTo(value) >= 0
                            && fact.value().compareTo(value.multiply(FAR)) <= 0;
            case LESS ->
                    fact.value().compareTo(value) <= 0
                            && fact.value().multiply(FAR).compareTo(value) >= 0;
        };
    }

    private static boolean comparable(Meaning said, Fact fact) {
        if (said.dimension() == fact.dimension()) {
            return true;
        }
        return switch (fact.dimension()) {
            case UNKNOWN ->
                    said.dimension() == Dimension.COUNT
                            || said.dimension() == Dimension.FACTOR && !fact.whole();
            // "A ratio of 0.98", "3.2 times".
            case SHARE ->
                    said.dimension() == Dimension.FACTOR
                            || said.dimension() == Dimension.COUNT && said.slack().signum() > 0;
            case COUNT, TIME, BYTES, FACTOR -> false;
        };
    }

    /// How long ago a moment of the results was, or how far two of them lie apart.
    private boolean aged(Meaning meaning, FactRecord record) {
        if (meaning.dimension() != Dimension.TIME) {
            return false;
        }
        for (var instant : record.instants) {
            if (spans(meaning, Duration.between(instant, now))) {
                return true;
            }
            for (var other : record.instants) {
                if (spans(meaning, Duration.between(instant, other))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Rounded, or cut down to the unit as ages are told.
    private static boolean spans(Meaning meaning, Duration span) {
        if (span.isNegative() || span.isZero()) {
            return false;
        }
        var over = BigDecimal.valueOf(span.toMillis(), 3).subtract(meaning.value());
        var slack = meaning.slack();
        return over.abs().compareTo(slack) <= 0
                || over.signum() >= 0 && over.compareTo(slack.multiply(BigDecimal.TWO)) < 0;
    }

    private boolean holds(Moment said, FactRecord record) {
        return record.instants.stream().anyMatch(i -> told(said, i))
                || record.moments.stream().anyMatch(m -> same(said, m));
    }

    private boolean told(Moment said, Instant instant) {
        var at = instant.atZone(said.utc() ? ZoneOffset.UTC : zone);
        boolean day =
                said.month() == 0
                        || at.getMonthValue() == said.month()
                                && at.getDayOfMonth() == said.day()
                                && (said.year() == 0 || at.getYear() == said.year());
        var time = said.time();
        if (!day || time == null) {
            return day && said.month() != 0;
        }
        var unit = said.seconds() ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
        return at.toLocalTime().truncatedTo(unit).equals(time);
    }

    private static boolean same(Moment said, Moment other) {
        boolean day =
                said.month() == 0
                        || said.month() == other.month()
                                && said.day() == other.day()
                                && (said.year() == 0 || said.year() == other.year());
        var time = said.time();
        var its = other.time();
        if (time == null) {
            return day && said.month() != 0;
        }
        return day
                && its != null
                && its.truncatedTo(said.seconds() ? ChronoUnit.SECONDS : ChronoUnit.MINUTES)
                        .equals(time);
    }

    /// A sum, a difference or a ratio of figures that the sentence itself names.
    private static boolean follows(Amount amount, List<Amount> proven, boolean adds) {
        for (var one : proven) {
            for (var other : proven) {
                if (one != other && follows(amount, one, other, adds)) {
                    return true;
                }
            }
        }
        return adds && proven.size() > 2 && sums(amount, proven);
    }

    private static boolean follows(Amount amount, Amount one, Amount other, boolean adds) {
        for (var said : amount.meanings()) {
            for (var a : one.meanings()) {
                for (var b : other.meanings()) {
                    boolean alike = a.dimension() == b.dimension();
                    if (alike
                            && (adds && sums(said, amount.hedge(), a, b)
                                    || relates(said, amount.hedge(), a, b))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean sums(Meaning said, Hedge hedge, Meaning a, Meaning b) {
        var slack = a.slack().add(b.slack());
        return said.dimension() == a.dimension()
                && (near(said, hedge, a.value().add(b.value()), slack)
                        || near(said, hedge, a.value().subtract(b.value()).abs(), slack));
    }

    private static boolean relates(Meaning said, Hedge hedge, Meaning a, Meaning b) {
        boolean ratio = said.dimension() == Dimension.SHARE || said.dimension() == Dimension.FACTOR;
        if (!ratio || b.value().signum() == 0) {
            return false;
        }
        var times = a.value().divide(b.value(), MathContext.DECIMAL64);
        return near(said, hedge, times, BigDecimal.ZERO)
                || near(said, hedge, times.subtract(BigDecimal.ONE).abs(), BigDecimal.ZERO);
    }

    private static boolean sums(Amount amount, List<Amount> proven) {
        for (var said : amount.meanings()) {
            var sum = BigDecimal.ZERO;
            var slack = BigDecimal.ZERO;
            for (var one : proven) {
                for (var part : one.meanings()) {
                    if (part.dimension() == said.dimension()) {
                        sum = sum.add(part.value());
                        slack = slack.add(part.slack());
                    }
                }
            }
            if (near(said, amount.hedge(), sum, slack)) {
                return true;
            }
        }
        return false;
    }

    private static boolean near(Meaning said, Hedge hedge, BigDecimal value, BigDecimal slack) {
        return fits(
                new Meaning(said.dimension(), said.value(), said.slack().add(slack)),
                hedge,
                new Fact(said.dimension(), value));
    }
}
