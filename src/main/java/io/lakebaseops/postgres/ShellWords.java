package io.lakebaseops.postgres;

import java.util.ArrayList;
import java.util.List;

/// A command line cut into words as a POSIX shell cuts it; nothing is expanded.
final class ShellWords {
    private ShellWords() {}

    static List<String> of(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean more = i + 1 < line.length();
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\'
                        && quote == '"'
                        && more
                        && "\\\"$`".indexOf(line.charAt(i + 1)) >= 0) {
                    word.append(line.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                begun = false;
            } else {
                // On Windows a backslash belongs to the path of the program.
                boolean escapes =
                        c == '\\' && more && !Character.isLetterOrDigit(line.charAt(i + 1));
                word.append(escapes ? line.charAt(++i) : c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw PasteReader.unreadable("its quotes are not closed");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
