package io.lakebaseops.console.shell;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.kordamp.ikonli.feather.Feather;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Something the palette can do.
///
/// @param kind `screen`, `tool`, `target`, `action`, `job`, `plan`, `finding`, `alert`
/// @param detail a quieter explanation
record Command(Feather icon, String title, String kind, String detail, Runnable run) {
    private static final int NO_MATCH = 4;

    /// A shorter word with a letter changed is another word.
    private static final int SHORTEST_WITH_TYPO = 4;

    /// Those that fit, best first: the words in any order, a title that begins so before one that
    /// holds it, and a word with one letter wrong last.
    static List<Command> matching(List<Command> all, String typed) {
        var words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+");
        record Ranked(Command command, int rank) {}
        return all.stream()
                .map(c -> new Ranked(c, c.rank(words)))
                .filter(r -> r.rank() < NO_MATCH)
                .sorted(Comparator.comparingInt(Ranked::rank))
                .map(Ranked::command)
                .toList();
    }

    private int rank(String[] words) {
        var name = title.toLowerCase(Locale.ROOT);
        var text = name + " " + (kind + " " + detail).toLowerCase(Locale.ROOT);
        int worst = name.startsWith(words[0]) ? 0 : name.contains(words[0]) ? 1 : 2;
        for (var word : words) {
            if (!text.contains(word)) {
                worst = Math.max(worst, nearly(word, name) ? 3 : NO_MATCH);
            }
        }
        return worst;
    }

    /// One letter wrong, missing or too much; two in a long word.
    private static boolean nearly(String word, String name) {
        if (word.length() < SHORTEST_WITH_TYPO) {
            return false;
        }
        var distance = new LevenshteinDistance(word.length() < 8 ? 1 : 2);
        for (var other : name.split("[^\\p{L}\\p{N}]+")) {
            // Typed half-way: the beginning of the word is what is compared.
            int end = Math.min(other.length(), word.length() + 1);
            for (int length = Math.max(1, word.length() - 1); length <= end; length++) {
                if (distance.apply(word, other.substring(0, length)) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
