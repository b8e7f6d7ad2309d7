package io.lakebaseops.console.help;

import io.lakebaseops.console.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a screen is for, what its figures mean, what runs by itself, where it comes from, and its
/// keys; from `help/<screen>.md`, in German from `help/<screen>.de.md`.
///
/// @param about the question it answers
public record HelpPage(String id, String title, String about, List<Part> parts) {
    private static final Pattern FIGURE = Pattern.compile("\\{\\{([a-z._]+)}}");
    private static final Pattern ITEM = Pattern.compile("- (?:\\*\\*(.+?)\\*\\* |`(.+?)` )?(.+)");

    public HelpPage {
        parts = List.copyOf(parts);
    }

    public record Part(String title, List<Item> items) {
        public Part {
            items = List.copyOf(items);
        }
    }

    /// @param term what is explained; empty for a sentence by itself
    /// @param key whether the term is a key
    public record Item(String term, boolean key, String text) {}

    /// Of a screen by its id, in the language of the window; empty when there is none.
    public static Optional<HelpPage> of(String screen) {
        return of(screen, Language.shown());
    }

    static Optional<HelpPage> of(String screen, Language language) {
        var file =
                switch (language) {
                    case ENGLISH -> "/help/" + screen + ".md";
                    case GERMAN -> "/help/" + screen + ".de.md";
                };
        try (var in = HelpPage.class.getResourceAsStream(file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(
                            parse(screen, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The help of " + screen + " cannot be read", e);
        }
    }

    static HelpPage parse(String id, String text) {
        var title = "";
        var about = new StringBuilder();
        var parts = new ArrayList<Part>();
        var part = "";
        var items = new ArrayList<Item>();
        for (var line : filled(text).lines().map(String::strip).toList()) {
            if (line.startsWith("# ")) {
                title = line.substring(2);
            } else if (line.startsWith("## ")) {
                if (!part.isEmpty()) {
                    parts.add(new Part(part, items));
                }
                part = line.substring(3);
                items = new ArrayList<>();
            } else if (line.startsWith("-")) {
                items.add(item(line));
            } else if (!line.isEmpty()) {
                about.append(about.isEmpty() ? "" : " ").append(line);
            }
        }
        parts.add(new Part(part, items));
        return new HelpPage(id, title, about.toString(), parts);
    }

    private static Item item(String line) {
        var match = ITEM.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("Not an item of a help page: " + line);
        }
        var key = match.group(2);
        var term = match.group(1) == null ? key : match.group(1);
        return new Item(term == null ? "" : term, key != null, match.group(3));
    }

    /// With the figures of the product in the place of their names.
    private static String filled(String text) {
        return FIGURE.matcher(text)
                .replaceAll(
                        m -> {
                            var figure = HelpFigures.byName().get(m.group(1));
                            if (figure == null) {
                                throw new IllegalArgumentException(
                                        "No figure of the product is named " + m.group(1));
                            }
                            return Matcher.quoteReplacement(figure);
                        });
    }
}
