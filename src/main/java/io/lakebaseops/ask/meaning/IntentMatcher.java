package io.lakebaseops.ask.meaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ranks the intents by how well their example questions fit a question: by words and letters at
/// once, and by meaning (sentence vectors) where words do not decide.
public final class IntentMatcher {
    /// Words alone decide from here on, if the next best is as far behind as the second figure
    /// says.
    private static final double PLAIN = 0.62;

    private static final double AHEAD = 0.14;

    /// Share of the words in the sum of words and meaning; the rest is meaning.
    private static final double WORDS = 0.4;

    /// An intent's score is its best example with some of the next ones.
    private static final double[] EXAMPLES = {0.7, 0.2, 0.1};

    private final List<Intent> intents;
    private final List<Integer> owner = new ArrayList<>();
    private final LexicalIndex words;
    private final ExampleVectors vectors;
    private final SentenceVectors model;

    public IntentMatcher(IntentLibrary library, SentenceVectors model) {
        this.model = model;
        intents = library.all();
        var examples = new ArrayList<String>();
        for (int i = 0; i < intents.size(); i++) {
            for (var example : intents.get(i).examples()) {
                examples.add(example);
                owner.add(i);
            }
        }
        words = new LexicalIndex(examples);
        vectors = ExampleVectors.of(examples);
    }

    /// Loads what the first question would have to wait for.
    public void prepare() {
        model.of("what is slow");
    }

    /// @param score 0 to 1
    public record Match(Intent intent, double score) {}

    /// The best by words and letters alone.
    public Match byWords(String question) {
        return ranked(words.scores(question)).getFirst();
    }

    /// Best first.
    ///
    /// @param question with the names in it already replaced by what they are
    public List<Match> rank(String question) {
        var byWords = words.scores(question);
        var ranked = ranked(byWords);
        double lead = ranked.get(0).score() - ranked.get(1).score();
        if (ranked.getFirst().score() >= PLAIN && lead >= AHEAD) {
            return ranked;
        }
        var vector = model.of(String.join(" ", Words.of(question)));
        if (vector == null) {
            return ranked;
        }
        var meanings = vectors.scores(vector, model);
        var both = new double[byWords.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = WORDS * byWords[i] + (1 - WORDS) * Math.max(0, meanings[i]);
        }
        return ranked(both);
    }

    private List<Match> ranked(double[] scores) {
        Map<Integer, List<Double>> of = new HashMap<>();
        for (int i = 0; i < scores.length; i++) {
            of.computeIfAbsent(owner.get(i), _ -> new ArrayList<>()).add(scores[i]);
        }
        var matches = new ArrayList<Match>();
        of.forEach((intent, its) -> matches.add(new Match(intents.get(intent), score(its))));
        matches.sort(Comparator.comparingDouble(Match::score).reversed());
        return matches;
    }

    private static double score(List<Double> scores) {
        scores.sort(Comparator.reverseOrder());
        double sum = 0;
        for (int i = 0; i < EXAMPLES.length; i++) {
            sum += EXAMPLES[i] * scores.get(Math.min(i, scores.size() - 1));
        }
        return sum;
    }
}
