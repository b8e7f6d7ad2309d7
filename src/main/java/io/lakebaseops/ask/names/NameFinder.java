package io.lakebaseops.ask.names;

import io.lakebaseops.ask.meaning.Words;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the names of a server in the words of a question: quoted, with or without schema, with a
/// typing error. A word that questions are made of is a name only where something beside it says
/// so: "the table locks".
public final class NameFinder {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[\"`']([^\"`']{1,63})[\"`'](?:\\.[\"`']([^\"`']{1,63})[\"`'])?"
                            + "|[\\p{L}\\p{N}_$]+(?:\\.[\\p{L}\\p{N}_$]+)*");

    private static final Map<String, String> HINTS = hints();

    /// Shorter words are too easily near another one.
    private static final int FUZZY_FROM = 5;

    private final Set<String> ordinary;

    /// @param ordinary the words questions are made of
    public NameFinder(Set<String> ordinary) {
        this.ordinary = Set.copyOf(ordinary);
    }

    private static Map<String, String> hints() {
        var hints = new HashMap<String, String>();
        for (var word : "table tabelle tabla view relation tbl".split(" ")) {
            hints.put(word, "table");
        }
        for (var word : "index idx indice".split(" ")) {
            hints.put(word, "index");
        }
        for (var word : "role user rolle benutzer nutzer rol usuario login account".split(" ")) {
            hints.put(word, "role");
        }
        for (var word : "database db datenbank base".split(" ")) {
            hints.put(word, "database");
        }
        for (var word : "setting parameter guc einstellung parametro".split(" ")) {
            hints.put(word, "setting");
        }
        for (var word : "extension erweiterung".split(" ")) {
            hints.put(word, "extension");
        }
        for (var word : "sequence sequenz secuencia".split(" ")) {
            hints.put(word, "sequence");
        }
        return hints;
    }

    private record Token(String text, boolean quoted, int from, int until) {}

    public List<FoundName> find(String question, NameIndex names) {
        var tokens = tokens(question);
        var found = new ArrayList<FoundName>();
        for (int i = 0; i < tokens.size(); i++) {
            int used = setting(tokens, i, names, found);
            if (used == 0) {
                one(tokens, i, names, found);
            }
            i += Math.max(0, used - 1);
        }
        return found;
    }

    private static List<Token> tokens(String question) {
        var tokens = new ArrayList<Token>();
        var match = TOKEN.matcher(question);
        while (match.find()) {
            boolean quoted = match.group(1) != null;
            var text =
                    quoted
                            ? match.group(1) + (match.group(2) == null ? "" : "." + match.group(2))
                            : match.group();
            tokens.add(new Token(text, quoted, match.start(), match.end()));
        }
        return tokens;
    }

    /// `shared buffers` means `shared_buffers`. Returns how many words it took.
    private static int setting(List<Token> tokens, int at, NameIndex names, List<FoundName> found) {
        for (int n = Math.min(5, tokens.size() - at); n >= 2; n--) {
            var part = tokens.subList(at, at + n);
            var joined =
                    String.join("_", part.stream().map(Token::text).toList())
                            .toLowerCase(Locale.ROOT);
            for (var name : names.exactly(joined)) {
                if (name.kind().equals("setting") || name.kind().equals("extension")) {
                    found.add(
                            new FoundName(
                                    name.kind(),
                                    name,
                                    part.getFirst().from(),
                                    part.getLast().until(),
                                    List.of()));
                    return n;
                }
            }
        }
        return 0;
    }

    private void one(List<Token> tokens, int at, NameIndex names, List<FoundName> found) {
        var token = tokens.get(at);
        var plain = Words.plain(token.text());
        var hint = hint(tokens, at);
        boolean clear = token.quoted() || hint != null || token.text().matches(".*[._].*");
        if (!clear && ordinary.contains(plain)) {
            return;
        }
        var candidates = names.exactly(token.text());
        if (candidates.isEmpty() && plain.length() >= FUZZY_FROM && !likeOrdinary(plain, clear)) {
            candidates = near(token.text(), names);
        }
        var fitting =
                hint == null
                        ? candidates
                        : candidates.stream().filter(n -> n.kind().equals(hint)).toList();
        if (fitting.isEmpty()) {
            fitting = candidates;
        }
        if (!fitting.isEmpty()) {
            var name = fitting.getFirst();
            found.add(
                    new FoundName(
                            name.kind(),
                            name,
                            token.from(),
                            token.until(),
                            fitting.stream().skip(1).limit(4).toList()));
        }
    }

    private static List<ServerName> near(String written, NameIndex names) {
        int wrong = written.length() < 8 ? 1 : 2;
        int dot = written.lastIndexOf('.');
        // A setting or role is rarely meant by a word that only resembles it.
        return names.near(written.substring(dot + 1), wrong).stream()
                .filter(n -> n.kind().equals("table") || n.kind().equals("index"))
                .toList();
    }

    private boolean likeOrdinary(String word, boolean clear) {
        if (clear) {
            return false;
        }
        int wrong = 1;
        var distance = new LevenshteinDistance(wrong);
        return ordinary.stream()
                .anyMatch(
                        o ->
                                o.length() >= 4
                                        && Math.abs(o.length() - word.length()) <= wrong
                                        && distance.apply(o, word) >= 0);
    }

    private static @Nullable String hint(List<Token> tokens, int at) {
        for (int beside : new int[] {at - 1, at + 1}) {
            if (beside >= 0 && beside < tokens.size()) {
                var hint = HINTS.get(Words.plain(tokens.get(beside).text()));
                if (hint != null) {
                    return hint;
                }
            }
        }
        return null;
    }
}
