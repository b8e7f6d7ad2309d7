package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The translations of one language, read from a catalog in the PO format of gettext: `msgid`,
/// `msgstr`, and `msgid_plural` with `msgstr[0]`, `msgstr[1]` for nouns that are counted.
///
/// @param texts the German by the English
/// @param nouns by the English noun in the singular
public record TextCatalog(Map<String, String> texts, Map<String, Noun> nouns) {
    static final TextCatalog NONE = new TextCatalog(Map.of(), Map.of());

    public TextCatalog {
        texts = Map.copyOf(texts);
        nouns = Map.copyOf(nouns);
    }

    /// A noun as it stands behind a number.
    public record Noun(String one, String many) {}

    String text(String english) {
        return texts.getOrDefault(english, english);
    }

    @Nullable Noun noun(String english) {
        return nouns.get(english);
    }

    /// @throws IllegalArgumentException for a line that is none of PO, or an entry twice
    public static TextCatalog of(String resource) {
        try (var in =
                        Objects.requireNonNull(
                                TextCatalog.class.getResourceAsStream(resource), resource);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The catalog " + resource + " cannot be read", e);
        }
    }

    static TextCatalog read(List<String> lines) {
        var texts = new HashMap<String, String>();
        var nouns = new HashMap<String, Noun>();
        var entry = new HashMap<String, String>();
        String keyword = "";
        for (var line : lines) {
            var bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            int quote = bare.indexOf('"');
            if (quote < 0 || !bare.endsWith("\"") || bare.length() - 1 == quote) {
                throw new IllegalArgumentException("No line of a catalog: " + line);
            }
            if (quote > 0) {
                keyword = bare.substring(0, quote).strip();
                if (keyword.equals("msgid")) {
                    keep(entry, texts, nouns);
                }
            }
            entry.merge(
                    keyword,
                    unescaped(bare.substring(quote + 1, bare.length() - 1)),
                    String::concat);
        }
        keep(entry, texts, nouns);
        return new TextCatalog(texts, nouns);
    }

    private static void keep(
            Map<String, String> entry, Map<String, String> texts, Map<String, Noun> nouns) {
        var id = entry.getOrDefault("msgid", "");
        if (!id.isEmpty()) {
            var before =
                    entry.containsKey("msgid_plural")
                            ? nouns.put(
                                    id,
                                    new Noun(
                                            entry.getOrDefault("msgstr[0]", id),
                                            entry.getOrDefault("msgstr[1]", id)))
                            : texts.put(id, entry.getOrDefault("msgstr", id));
            if (before != null) {
                throw new IllegalArgumentException("Twice in the catalog: " + id);
            }
        }
        entry.clear();
    }

    private static String unescaped(String text) {
        return text.translateEscapes();
    }
}
