package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Child;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// In German every screen says what the program says in German; what stays English comes from
/// servers, tools and people.
@Timeout(240)
final class GermanScreensUiTest {
    private static final Path SOURCES = Path.of("src/main/java/io/lakebaseops/console");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /// A single word in small letters may be a name of the samples as well.
    private static final Pattern WORDS = Pattern.compile("[A-Z].*[a-z]{2}.*|.*[a-z]{2} [a-z]{2}.*");

    /// Names, an example of what can be typed, and what the samples say themselves.
    private static final Set<String> SAME =
            Set.of(
                    "LakebaseOps",
                    "Ask",
                    "English",
                    "Deutsch",
                    "still running",
                    "target_session_attrs=any service=shop");

    @Test
    void no_screen_says_in_english_what_stands_in_the_program() throws IOException {
        var texts = german();
        var catalog = TextCatalog.of("/console/i18n/de.po").texts();
        var said = new HashSet<>(catalog.values());
        var program = literals();
        catalog.forEach(
                (english, german) -> {
                    if (!english.equals(german) && WORDS.matcher(english).matches()) {
                        program.add(english.strip());
                    }
                });
        var english = new TreeMap<String, Set<String>>();
        texts.forEach(
                (text, screens) -> {
                    if (program.contains(text) && !said.contains(text) && !SAME.contains(text)) {
                        english.put(text, screens);
                    }
                });
        System.out.printf(
                "German screens: %d different texts looked at, %d of the program in English%n",
                texts.size(), english.size());
        assertThat(texts).hasSizeGreaterThan(900);
        assertThat(texts).containsKeys("Freigaben", "Übersicht", "Offene Alarme", "Abfragen");
        assertThat(english).as("wrap it in Texts.of").isEmpty();
    }

    /// Each text with the screens it stands on.
    private static Map<String, Set<String>> german() throws IOException {
        var texts = new LinkedHashMap<String, Set<String>>();
        try (var console = Child.of(GermanConsole.class)) {
            for (var line = console.line(); !line.equals("end"); line = console.line()) {
                int tab = line.indexOf('\t');
                texts.computeIfAbsent(line.substring(tab + 1), _ -> new TreeSet<>())
                        .add(line.substring(0, tab));
            }
        }
        return texts;
    }

    /// Strings of the console's sources that read like words.
    private static Set<String> literals() throws IOException {
        var all = new HashSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(m -> m.group(1))
                        .filter(t -> WORDS.matcher(t).matches())
                        .forEach(all::add);
            }
        }
        return all;
    }
}
