package io.lakebaseops.ask.grounding;

import io.lakebaseops.ask.grounding.Claim.Amount;
import io.lakebaseops.ask.grounding.Claim.Hedge;
import io.lakebaseops.ask.grounding.Claim.Meaning;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the claims of a sentence: amounts with their units, moments, names, and denials. What was
/// read as one is taken out of the text before the next is looked for.
final class ClaimReader {
    /// Stands where something was read; no pattern matches it.
    private static final char READ = '\u0001';

    private static final String DIGITS =
            "\\d{1,3}(?:[,'’ ]\\d{3})+(?![\\d])(?:\\.\\d+)?|\\d+,\\d{1,2}(?!\\d)"
                    + "|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|(?<!\\d)\\.\\d+";

    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\w.])(?<sign>[-+]\\s?)?(?<digits>"
                            + DIGITS
                            + ")(?<place>st|nd|rd|th)?(?:[ -]?(?<scale>thousand|million|billion))?"
                            + "(?:[ -]?(?<unit>"
                            + Unit.names()
                            + "))?(?![\\p{L}\\d_])",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern CODE = Pattern.compile("`+([^`]*)`+");

    private static final Pattern BEFORE =
            Pattern.compile(
                    "(?i)(?:(?<about>about|around|roughly|approximately|approx\\.?|some|~|≈|circa|ca\\.|"
                            + "close to|etwa|rund|unos)"
                            + "|(?<more>more than|over|above|exceed(?:s|ing)?|at least|greater than|"
                            + "just over|no fewer than|well over|>=?|≥|mehr als|más de)"
                            + "|(?<less>less than|fewer than|below|under|just under|up to|at most|"
                            + "no more than|nearly|almost|within|<=?|≤|weniger als|casi)"
                            + "|(?<within>(?:last|past|previous|first|next|top|letzten|últimas|últimos)"
                            + "(?:\\s+(?:of\\s+)?)?))\\s*$");

    /// "three times as much" is a factor, "called three times" a number of things.
    private static final Pattern COMPARES =
            Pattern.compile(
                    "(?i)\\s*(?:as|the|more|less|faster|slower|larger|smaller|bigger|higher|lower|longer|"
                            + "shorter|so|más|langsamer|schneller|größer|kleiner)\\b.*",
                    Pattern.DOTALL);

    private static final Pattern RANGE =
            Pattern.compile("\\s*(?:-|–|—|to|and|or|through|bis|und|y|a)\\s*");

    private static final Pattern NOTHING =
            Pattern.compile(
                    "(?i)\\b(?:no|none|nothing|nobody|neither|never|not a single|not any|without any|"
                            + "kein\\w*|nichts|niemand|nie|ningún\\w*|ninguna?|nada|nadie|nunca)\\b");

    private static final Pattern NOT_NOTHING =
            Pattern.compile(
                    "(?i)\\b(?:no longer|no need|no doubt|no matter|no more than|no later than|no fewer"
                            + " than|no less than|no one knows|no wonder|no risk of|whether or not|or"
                            + " no|no reason)\\b|^\\W*(?:no|nein)\\W*$|^\\W*(?:no|nein)[,.!:]");

    private ClaimReader() {}

    /// Other digits, wide letters, small spaces and hidden characters as the plain ones.
    static String plain(String text) {
        var normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var plain = new StringBuilder(normal.length());
        normal.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(
                        c -> {
                            if (Character.isDigit(c)) {
                                plain.append((char) ('0' + Character.digit(c, 10)));
                            } else if (c == '−' || c == '‐' || c == '‑') {
                                plain.append('-');
                            } else if (c == READ) {
                                plain.append(' ');
                            } else {
                                plain.appendCodePoint(Character.isSpaceChar(c) ? ' ' : c);
                            }
                        });
        return plain.toString();
    }

    static List<Claim> of(String sentence) {
        var claims = new ArrayList<Claim>();
        var rest = new StringBuilder(plain(sentence));
        take(rest, CODE, m -> code(m.group(1), claims));
        var prose = new StringBuilder(NumberWords.asDigits(rest.toString()));
        MomentReader.take(prose, claims);
        NameReader.takeProse(prose, claims);
        amounts(prose, claims);
        denials(prose, claims);
        return claims;
    }

    /// The amounts and moments of a result's text, which has no words in code.
    static List<Claim> figures(String text) {
        var claims = new ArrayList<Claim>();
        var rest = new StringBuilder(plain(text));
        MomentReader.take(rest, claims);
        NameReader.takeProse(rest, new ArrayList<>());
        amounts(rest, claims);
        return claims;
    }

    private static void code(String code, List<Claim> claims) {
        var rest = new StringBuilder(code);
        MomentReader.take(rest, claims);
        NameReader.takeCode(rest, claims);
        amounts(rest, claims);
    }

    interface Taken {
        void found(MatchResult match);
    }

    static void take(StringBuilder rest, Pattern pattern, Taken taken) {
        var matcher = pattern.matcher(rest.toString());
        while (matcher.find()) {
            taken.found(matcher);
            blank(rest, matcher.start(), matcher.end());
        }
    }

    static void blank(StringBuilder rest, int from, int until) {
        for (int i = from; i < until; i++) {
            rest.setCharAt(i, READ);
        }
    }

    private static void amounts(StringBuilder rest, List<Claim> claims) {
        var text = rest.toString();
        var matcher = NUMBER.matcher(text);
        Pending open = null;
        while (matcher.find()) {
            var next = pending(matcher, text);
            if (open != null) {
                var between = text.substring(open.end(), matcher.start());
                if (open.unit().isEmpty() && RANGE.matcher(between).matches()) {
                    open = open.in(next.unit());
                }
                var joined = open.joined(next, between);
                if (joined != null) {
                    open = joined;
                    continue;
                }
                claims.add(open.amount());
            }
            open = next;
        }
        if (open != null) {
            claims.add(open.amount());
        }
    }

    private static Pending pending(Matcher m, String text) {
        var before = BEFORE.matcher(text.substring(Math.max(0, m.start() - 24), m.start()));
        var hedge = Hedge.EXACT;
        if (m.group("place") != null) {
            hedge = Hedge.PLACE;
        } else if (before.find()) {
            hedge =
                    before.group("about") != null
                            ? Hedge.ABOUT
                            : before.group("more") != null
                                    ? Hedge.MORE
                                    : before.group("less") != null ? Hedge.LESS : Hedge.WITHIN;
        } else if (text.startsWith("+", m.end())) {
            hedge = Hedge.MORE;
        }
        var digits = m.group("digits");
        var sign = m.group("sign");
        var number =
                new BigDecimal(
                        digits.matches("\\d+,\\d{1,2}")
                                ? digits.replace(',', '.')
                                : digits.replaceAll("[,'’ ]", ""));
        boolean negative = sign != null && sign.startsWith("-");
        var scale = m.group("scale");
        var factor = scale == null ? BigDecimal.ONE : Unit.named(scale).getFirst().factor();
        var step = BigDecimal.ONE.scaleByPowerOfTen(-Math.max(0, number.scale()));
        boolean whole = number.scale() <= 0 && scale == null;
        return new Pending(
                m.group().strip(),
                (negative ? number.negate() : number).multiply(factor),
                step.multiply(factor).divide(BigDecimal.TWO),
                whole,
                units(m, text),
                hedge,
                m.end());
    }

    private static List<Unit> units(Matcher m, String text) {
        var unit = m.group("unit");
        if (unit == null) {
            return List.of();
        }
        boolean counts =
                unit.matches("(?i)times|mal|veces")
                        && !COMPARES.matcher(text.substring(m.end())).matches();
        return counts ? List.of() : Unit.named(unit);
    }

    /// An amount whose unit may yet follow: "10 to 20 ms", "1 h 20 min".
    private record Pending(
            String text,
            BigDecimal number,
            BigDecimal halfStep,
            boolean whole,
            List<Unit> unit,
            Hedge hedge,
            int end) {

        Pending in(List<Unit> other) {
            return new Pending(text, number, halfStep, whole, other, hedge, end);
        }

        @org.jspecify.annotations.Nullable
        Pending joined(Pending next, String between) {
            boolean times = is(Dimension.TIME) && next.is(Dimension.TIME);
            if (!times || !between.matches("\\s*(?:and|und|y)?\\s*")) {
                return null;
            }
            var mine = unit.getFirst();
            var its = next.unit().getFirst();
            if (mine.factor().compareTo(its.factor()) <= 0) {
                return null;
            }
            var sum = number.multiply(mine.factor()).add(next.number().multiply(its.factor()));
            return new Pending(
                    text + " " + next.text(),
                    sum,
                    next.halfStep().multiply(its.factor()),
                    false,
                    List.of(new Unit(Dimension.TIME, BigDecimal.ONE)),
                    hedge,
                    next.end());
        }

        private boolean is(Dimension dimension) {
            return unit.size() == 1 && unit.getFirst().dimension() == dimension;
        }

        Amount amount() {
            var meanings = new ArrayList<Meaning>();
            if (unit.isEmpty()) {
                // Things are counted, so a whole number of them is not a rounded one.
                meanings.add(
                        new Meaning(Dimension.COUNT, number, whole ? BigDecimal.ZERO : halfStep));
            }
            for (var one : unit) {
                meanings.add(
                        new Meaning(
                                one.dimension(),
                                number.multiply(one.factor()),
                                one.dimension() == Dimension.COUNT
                                                && whole
                                                && one.factor().equals(BigDecimal.ONE)
                                        ? BigDecimal.ZERO
                                        : halfStep.multiply(one.factor())));
            }
            return new Amount(text, meanings, hedge);
        }
    }

    private static void denials(StringBuilder rest, List<Claim> claims) {
        take(rest, NOT_NOTHING, _ -> {});
        var matcher = NOTHING.matcher(rest.toString());
        if (matcher.find()) {
            claims.add(new Claim.Nothing(matcher.group()));
        }
    }
}
