package io.lakebaseops.console.shell;

import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Locale;

/// Something the palette can do.
///
/// @param kind `screen`, `tool`, `target`, `action`
/// @param detail a quieter explanation
record Command(Feather icon, String title, String kind, String detail, Runnable run) {

    /// Those that fit, best first: the words in any order; a title that begins so comes before.
    static List<Command> matching(List<Command> all, String typed) {
        var words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return all.stream()
                .filter(c -> c.fits(words))
                .sorted(java.util.Comparator.comparingInt(c -> c.rank(words[0])))
                .toList();
    }

    private boolean fits(String[] words) {
        var text = (title + " " + kind + " " + detail).toLowerCase(Locale.ROOT);
        for (var word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private int rank(String word) {
        var text = title.toLowerCase(Locale.ROOT);
        if (text.startsWith(word)) {
            return 0;
        }
        return text.contains(word) ? 1 : 2;
    }
}
