package io.lakebaseops.ask.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts a sentence into clauses, so that a figure is held against the object beside it: "orders has
/// 1,204 dead rows, customers has 96".
final class Clauses {
    private static final Pattern BETWEEN =
            Pattern.compile(
                    ",\\s+(?!\\d)|[;()]|:\\s|\\s(?:while|but|whereas|and|und|y|aber|pero)\\s(?=[\\p{L}`\"])");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    private Clauses() {}

    static List<String> of(String sentence) {
        var masked =
                CODE.matcher(sentence)
                        .replaceAll(m -> "`" + "x".repeat(m.group().length() - 2) + "`");
        var clauses = new ArrayList<String>();
        int from = 0;
        var between = BETWEEN.matcher(masked);
        while (between.find()) {
            clauses.add(sentence.substring(from, between.start()));
            from = between.end();
        }
        clauses.add(sentence.substring(from));
        return clauses;
    }
}
