package io.lakebaseops.ask.writing;

import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the words of an answer with values: `{step.column}`, `{column|format}`, `**strong**`.
final class SentenceWriter {
    private static final Pattern VALUE = Pattern.compile("\\{([a-z0-9_.]+)(?:\\|([a-z ]+))?}");
    private static final int LONGEST = 180;

    private SentenceWriter() {}

    static Sentence sentence(String template, Scope scope, Display display) {
        var phrases = new ArrayList<Phrase>();
        var parts = List.of(template.split("\\*\\*", -1));
        for (int i = 0; i < parts.size(); i++) {
            var text = fill(parts.get(i), scope, display);
            if (!text.isEmpty()) {
                phrases.add(new Phrase(text, i % 2 == 1));
            }
        }
        return new Sentence(phrases, null);
    }

    static String fill(String template, Scope scope, Display display) {
        var match = VALUE.matcher(template);
        var text = new StringBuilder();
        while (match.find()) {
            var name = match.group(1);
            var value = scope.value(name);
            var written =
                    match.group(2) == null
                            ? display.of(name, value)
                            : display.as(match.group(2), value);
            match.appendReplacement(text, Matcher.quoteReplacement(cut(written)));
        }
        match.appendTail(text);
        return text.toString();
    }

    /// The values a template names, with the format of each.
    static List<MatchResult> values(String template) {
        return VALUE.matcher(template).results().toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
