package io.lakebaseops.ask.grounding;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Sentence.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts a model's text into sentences. Lines end sentences, and so do points that no number, name
/// or abbreviation needs; marks of Markdown go.
final class TextSentences {
    private static final Pattern MARKS = Pattern.compile("^\\s*(?:#{1,6}\\s+|>\\s?)");
    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*+•]|\\d{1,2}[.)])\\s+");
    private static final Pattern RULE = Pattern.compile("^[\\s|:=_*-]*$");
    private static final Pattern FENCE = Pattern.compile("^\\s*```.*$");

    /// A sentence ends here, if what stands before is no abbreviation.
    private static final Pattern END =
            Pattern.compile("[.!?…:;][\"”’)*_]*\\s+(?=[\\p{Lu}\\p{N}`\"“(*¿¡])|[.!?…]+[\"”’)*_]*$");

    private static final Pattern ABBREVIATION =
            Pattern.compile(
                    "(?i).*(?:\\b(?:e\\.g|i\\.e|approx|vs|etc|no|max|min|ca|resp|incl|cf|z\\.B|d\\.h|p|"
                            + "ej|nr)\\.)$");

    private static final Pattern STRONG = Pattern.compile("\\*\\*(.+?)\\*\\*|`+([^`]+)`+");

    private TextSentences() {}

    /// @param plain with its code still marked
    record One(String plain, List<Phrase> phrases) {}

    static List<One> of(String text) {
        var sentences = new ArrayList<One>();
        boolean code = false;
        for (var line : Format.printableLines(text).lines().toList()) {
            if (FENCE.matcher(line).matches()) {
                code = !code;
            } else if (!RULE.matcher(line).matches()) {
                line(code ? "`" + line.replace("`", "") + "`" : line, sentences);
            }
        }
        return sentences;
    }

    private static void line(String line, List<One> into) {
        var rest = MARKS.matcher(line).replaceFirst("");
        var bullet = BULLET.matcher(rest);
        boolean begins = bullet.find();
        rest = begins ? rest.substring(bullet.end()) : rest;
        if (rest.strip().startsWith("|")) {
            rest = rest.replaceAll("^\\s*\\||\\|\\s*$", "").replace("|", " · ");
        }
        boolean first = begins || !into.isEmpty();
        for (var sentence : cut(rest)) {
            var lead = first ? (begins ? "\n• " : "\n") : "";
            into.add(new One(sentence, phrases(lead, sentence)));
            first = false;
            begins = false;
        }
    }

    private static List<String> cut(String line) {
        var sentences = new ArrayList<String>();
        int from = 0;
        var end = END.matcher(line);
        while (end.find()) {
            var before = line.substring(from, end.start() + 1);
            boolean inCode = before.chars().filter(c -> c == '`').count() % 2 != 0;
            char mark = line.charAt(end.start());
            // A colon or semicolon joins what belongs together.
            boolean joins = mark == ':' || mark == ';';
            if (!inCode && !joins && !ABBREVIATION.matcher(before).matches()) {
                add(line.substring(from, end.end()), sentences);
                from = end.end();
            }
        }
        add(line.substring(from), sentences);
        return sentences;
    }

    private static void add(String sentence, List<String> into) {
        if (!sentence.isBlank()) {
            into.add(sentence.strip());
        }
    }

    private static List<Phrase> phrases(String lead, String sentence) {
        var phrases = new ArrayList<Phrase>();
        if (!lead.isEmpty()) {
            phrases.add(new Phrase(lead, false));
        }
        int shown = 0;
        var strong = STRONG.matcher(sentence);
        while (strong.find()) {
            plain(sentence.substring(shown, strong.start()), phrases);
            phrases.add(
                    new Phrase(strong.group(1) == null ? strong.group(2) : strong.group(1), true));
            shown = strong.end();
        }
        plain(sentence.substring(shown), phrases);
        return phrases;
    }

    private static void plain(String text, List<Phrase> into) {
        var clean = text.replace("**", "").replace("`", "");
        if (!clean.isEmpty()) {
            into.add(new Phrase(clean, false));
        }
    }
}
