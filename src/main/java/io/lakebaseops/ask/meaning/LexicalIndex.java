package io.lakebaseops.ask.meaning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares a question with example questions by their words and the letters in them, so that a
/// typing error or an ending costs little: cosine of TF-IDF vectors over words, pairs of words and
/// runs of three to four letters.
final class LexicalIndex {
    private static final double WORD = 1.0;
    private static final double PAIR = 0.6;
    private static final double LETTERS = 0.45;

    /// Little can be told from them.
    private static final Set<String> COMMON =
            Set.of(
                    "the", "a", "an", "is", "are", "do", "does", "did", "of", "in", "on", "to",
                    "my", "me", "i", "we", "our", "it", "there", "this", "that", "and", "for",
                    "any", "der", "die", "das", "den", "dem", "ein", "eine", "ist", "sind", "im",
                    "auf", "mir", "ich", "wir", "es", "el", "la", "los", "las", "un", "una", "de",
                    "del", "en", "que", "y", "und", "show", "tell", "give", "list", "zeig",
                    "muestra", "can", "you", "so", "all", "have", "has", "with", "be", "right",
                    "now", "please");

    private final List<Map<String, Double>> vectors = new ArrayList<>();
    private final Map<String, Double> rarity = new HashMap<>();
    private final double unseen;

    LexicalIndex(List<String> examples) {
        var features = examples.stream().map(LexicalIndex::features).toList();
        var seen = new HashMap<String, Integer>();
        for (var one : features) {
            one.keySet().forEach(f -> seen.merge(f, 1, Integer::sum));
        }
        double all = examples.size();
        seen.forEach((f, n) -> rarity.put(f, Math.log(1 + all / n)));
        unseen = Math.log(1 + all);
        features.forEach(f -> vectors.add(weighted(f)));
    }

    /// The likeness to each example, 0 to 1.
    double[] scores(String question) {
        var asked = weighted(features(question));
        var scores = new double[vectors.size()];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            var vector = vectors.get(i);
            for (var entry : asked.entrySet()) {
                sum += entry.getValue() * vector.getOrDefault(entry.getKey(), 0.0);
            }
            scores[i] = sum;
        }
        return scores;
    }

    private Map<String, Double> weighted(Map<String, Double> features) {
        var vector = new HashMap<String, Double>();
        double square = 0;
        for (var entry : features.entrySet()) {
            // Letters never seen are a typing error, not a subject.
            double rare =
                    rarity.getOrDefault(
                            entry.getKey(), entry.getKey().startsWith("#") ? 1.0 : unseen);
            double value = entry.getValue() * rare;
            vector.put(entry.getKey(), value);
            square += value * value;
        }
        double length = Math.sqrt(square);
        if (length > 0) {
            vector.replaceAll((_, v) -> v / length);
        }
        return vector;
    }

    private static Map<String, Double> features(String text) {
        var words = Words.of(text);
        var features = new HashMap<String, Double>();
        var before = "^";
        for (var word : words) {
            boolean common = COMMON.contains(word);
            features.merge(word, common ? 0.2 : WORD, Math::max);
            features.merge(before + " " + word, common ? PAIR / 2 : PAIR, Math::max);
            if (!common) {
                for (var run : runs("<" + word + ">")) {
                    features.merge("#" + run, LETTERS, Math::max);
                }
            }
            before = word;
        }
        return features;
    }

    private static Set<String> runs(String word) {
        var runs = new HashSet<String>();
        for (int n = 3; n <= 4; n++) {
            for (int i = 0; i + n <= word.length(); i++) {
                runs.add(word.substring(i, i + n));
            }
        }
        return runs;
    }
}
