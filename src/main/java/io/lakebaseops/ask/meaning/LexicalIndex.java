package io.lakebaseops.ask.meaning;

import java.util.Arrays;
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

    private final Map<String, Postings> postings = new HashMap<>();
    private final int size;

    /// Which examples have a feature, and its weight in each.
    private static final class Postings {
        private int[] examples = new int[2];
        private float[] weights = new float[2];
        private int count;

        void add(int example, double weight) {
            if (count == examples.length) {
                examples = Arrays.copyOf(examples, 2 * count);
                weights = Arrays.copyOf(weights, 2 * count);
            }
            examples[count] = example;
            weights[count++] = (float) weight;
        }

        double rarity(int all) {
            return Math.log(1 + (double) all / count);
        }
    }

    LexicalIndex(List<String> examples) {
        size = examples.size();
        for (int i = 0; i < size; i++) {
            for (var feature : features(examples.get(i)).entrySet()) {
                postings.computeIfAbsent(feature.getKey(), _ -> new Postings())
                        .add(i, feature.getValue());
            }
        }
        var squares = new double[size];
        for (var its : postings.values()) {
            double rarity = its.rarity(size);
            for (int i = 0; i < its.count; i++) {
                its.weights[i] *= (float) rarity;
                squares[its.examples[i]] += its.weights[i] * its.weights[i];
            }
        }
        for (var its : postings.values()) {
            for (int i = 0; i < its.count; i++) {
                its.weights[i] /= (float) Math.sqrt(squares[its.examples[i]]);
            }
        }
    }

    /// The likeness to each example, 0 to 1.
    double[] scores(String question) {
        var scores = new double[size];
        weighted(features(question))
                .forEach(
                        (feature, weight) -> {
                            var its = postings.get(feature);
                            if (its != null) {
                                for (int i = 0; i < its.count; i++) {
                                    scores[its.examples[i]] += weight * its.weights[i];
                                }
                            }
                        });
        return scores;
    }

    private Map<String, Double> weighted(Map<String, Double> features) {
        var vector = new HashMap<String, Double>();
        double square = 0;
        for (var entry : features.entrySet()) {
            // Letters never seen are a typing error, not a subject.
            var its = postings.get(entry.getKey());
            double unseen = entry.getKey().startsWith("#") ? 1.0 : Math.log(1.0 + size);
            double value = entry.getValue() * (its == null ? unseen : its.rarity(size));
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
