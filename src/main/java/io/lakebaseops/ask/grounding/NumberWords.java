package io.lakebaseops.ask.grounding;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Rewrites spelled-out numbers as digits, "twenty-five rows" as "25 rows", so that they are read
/// like all others.
final class NumberWords {
    private static final Map<String, Integer> UNITS = new HashMap<>();
    private static final Map<String, Integer> TENS = new HashMap<>();

    static {
        int n = 0;
        for (var word :
                ("zero one two three four five six seven eight nine ten eleven twelve thirteen"
                                + " fourteen fifteen sixteen seventeen eighteen nineteen")
                        .split(" ")) {
            UNITS.put(word, n++);
        }
        n = 2;
        for (var word : "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" ")) {
            UNITS.put(word, n++);
        }
        n = 2;
        for (var word : "dos tres cuatro cinco seis siete ocho nueve diez".split(" ")) {
            UNITS.put(word, n++);
        }
        UNITS.put("doce", 12);
        UNITS.put("cero", 0);
        n = 20;
        for (var word : "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")) {
            TENS.put(word, n);
            n += 10;
        }
    }

    private static final String UNIT = String.join("|", UNITS.keySet());
    private static final String TEN = String.join("|", TENS.keySet());

    private static final Pattern SPELLED =
            Pattern.compile(
                    "\\b(?:(?<ten>"
                            + TEN
                            + ")(?:[- ](?<tenunit>one|two|three|four|five|six|seven|eight|nine))?"
                            + "|(?<unit>"
                            + UNIT
                            + "))(?<hundred>[- ]hundred)?\\b(?!-)",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    /// "one of them", "this one", "one should": no number.
    private static final Pattern PRONOUN =
            Pattern.compile(
                    "(?i)(?:\\b(?:this|that|the|no|which|each|every|any|another|next|last|first|only)"
                            + " one\\b|\\bone(?= (?:of|by|can|could|should|may|might|must|or|and|is|"
                            + "has|was|which|that|who|with|to|after|at|more|another|way|thing)\\b)"
                            + "|\\bone(?=[.,;:!?]|$))");

    private static final Pattern HALF_UNIT = Pattern.compile("(?i)\\bhalf an? (?=\\w)");
    private static final Pattern DOZENS = Pattern.compile("(?i)\\bdozens of\\b");
    private static final Pattern MANY =
            Pattern.compile("(?i)\\b(hundred|thousand|million|billion)s of\\b");
    private static final Pattern A_SCALE =
            Pattern.compile("(?i)\\ba (hundred|thousand|million)\\b");

    private static final Map<Pattern, String> SHARES =
            Map.of(
                    Pattern.compile("(?i)\\btwo[- ]thirds\\b"), "about 66.7 %",
                    Pattern.compile("(?i)\\bthree[- ]quarters\\b"), "about 75 %",
                    Pattern.compile("(?i)\\b(?:a|one)[- ]third of\\b"), "about 33.3 % of",
                    Pattern.compile("(?i)\\b(?:a|one)[- ]quarter of\\b"), "about 25 % of",
                    Pattern.compile("(?i)\\b(?:a tenth of|one[- ]tenth of)\\b"), "about 10 % of",
                    Pattern.compile("(?i)\\b(?<!first |second |other |better )half\\b(?!-)"),
                            "about 50 %");

    private static final Map<Pattern, String> FACTORS =
            Map.of(
                    Pattern.compile(
                                    "(?i)\\b(?:twice|doubled?|doubles|twofold|two-fold)\\b(?![- ]?(?:precision|check|quot))"),
                            "2 times",
                    Pattern.compile("(?i)\\b(?:tripled?|triples|thrice|threefold|three-fold)\\b"),
                            "3 times",
                    Pattern.compile("(?i)\\b(?:quadrupled?|fourfold|four-fold)\\b"), "4 times",
                    Pattern.compile("(?i)\\b(?:tenfold|ten-fold)\\b"), "10 times");

    private NumberWords() {}

    static String asDigits(String sentence) {
        var text = HALF_UNIT.matcher(sentence).replaceAll("0.5 ");
        text = text.replaceAll("(?i)\\bhalf a dozen\\b|\\b0\\.5 dozen\\b", "6");
        text = DOZENS.matcher(text).replaceAll("more than 24");
        text = text.replaceAll("(?i)\\b(?:a|one) dozen\\b", "12");
        text = MANY.matcher(text).replaceAll(m -> "more than 1 " + m.group(1));
        text = A_SCALE.matcher(text).replaceAll("1 $1");
        for (var share : SHARES.entrySet()) {
            text = share.getKey().matcher(text).replaceAll(share.getValue());
        }
        for (var factor : FACTORS.entrySet()) {
            text = factor.getKey().matcher(text).replaceAll(factor.getValue());
        }
        text = PRONOUN.matcher(text).replaceAll(m -> m.group().replaceAll("(?i)one", "\u0002"));
        text = SPELLED.matcher(text).replaceAll(NumberWords::digits);
        text = text.replace("\u0002", "one");
        return text.replaceAll("(?i)\\b1 hundred\\b", "100");
    }

    private static int value(Map<String, Integer> words, String word) {
        return words.getOrDefault(word.toLowerCase(Locale.ROOT), 0);
    }

    private static String digits(MatchResult m) {
        long value;
        if (m.group("ten") != null) {
            var unit = m.group("tenunit");
            value = value(TENS, m.group("ten"));
            value += unit == null ? 0 : value(UNITS, unit);
        } else {
            value = value(UNITS, m.group("unit"));
        }
        return Long.toString(m.group("hundred") == null ? value : value * 100);
    }
}
