package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.reconcile.DifferenceClass;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every text of the console has a German one that takes the same values, and no German text is
/// left over.
final class GermanCatalogTest {
    private static final Path SOURCES = Path.of("src/main/java/io/lakebaseops/console");
    private static final Path BUNDLES = Path.of("resources/console/i18n");
    private static final Pattern TEXT =
            Pattern.compile("Texts\\s*\\.\\s*(?:of|dates|marked)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NOUN =
            Pattern.compile("Texts\\s*\\.\\s*count\\([^;]*?,\\s*\"([a-z ]+)\"\\)");
    private static final Pattern SHOWN =
            Pattern.compile(
                    "(?:Nodes\\s*\\.\\s*(?:label|wrapped|button|pill)|Column\\s*\\.\\s*(?:text|number|role)"
                            + "|new Column<>|setText|setPromptText|setAccessibleText|new MenuItem|placeholder"
                            + "|Act\\s*\\.\\s*link)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*[a-zA-Z]{2}[^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("%(?:(\\d+)\\$)?[-+,0-9.]*([a-zA-Z%])");

    private static final TextCatalog GERMAN = TextCatalog.of("/console/i18n/de.po");

    private static List<String> found(Pattern pattern) throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var all = new ArrayList<String>();
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(m -> all.add(m.group(1)));
            }
            return all;
        }
    }

    /// Words of the domain that screens look up by value.
    private static Stream<String> looked() {
        var words =
                Stream.<Enum<?>[]>of(
                                RiskLevel.values(),
                                Severity.values(),
                                ToolReport.Status.values(),
                                ToolKind.values(),
                                JobRunState.values(),
                                Source.values())
                        .flatMap(Stream::of)
                        .map(e -> e.name().toLowerCase(Locale.ROOT));
        var measures =
                MetricDefinitions.standard().watched().stream()
                        .flatMap(w -> Stream.of(w.gauge().title(), w.rule().reason()));
        var actors =
                Stream.of(Actor.Kind.values())
                        .map(k -> k == Actor.Kind.CI ? "CI" : capitalized(k.name()));
        var classes = Stream.of(DifferenceClass.values()).map(DifferenceClass::label);
        return Stream.of(words, measures, actors, classes).flatMap(all -> all);
    }

    private static String capitalized(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    @Test
    void every_text_of_the_code_is_there_in_german_and_none_is_left_over() throws IOException {
        var wanted = new TreeSet<String>();
        found(TEXT).forEach(text -> wanted.add(text.translateEscapes()));
        looked().forEach(wanted::add);
        var missing = new TreeSet<>(wanted);
        missing.removeAll(GERMAN.texts().keySet());
        var unused = new TreeSet<>(GERMAN.texts().keySet());
        unused.removeAll(wanted);
        System.out.printf(
                "German: %d of %d texts, %d left over%n",
                wanted.size() - missing.size(), wanted.size(), unused.size());
        assertThat(wanted).hasSizeGreaterThan(1_800);
        assertThat(missing).as("without an entry in de.po").isEmpty();
        assertThat(unused).as("in de.po, but said nowhere").isEmpty();
    }

    @Test
    void what_is_handed_to_a_control_was_looked_up() throws IOException {
        // Words of SQL and examples of what can be typed.
        assertThat(found(SHOWN)).allMatch(t -> t.matches("[A-Z ]+|.*=.*"), "in Texts.of");
    }

    @Test
    void every_noun_that_is_counted_has_both_its_forms() throws IOException {
        assertThat(GERMAN.nouns().keySet())
                .isEqualTo(new TreeSet<>(found(NOUN)))
                .hasSizeGreaterThan(30);
    }

    @Test
    void a_german_text_takes_the_values_of_the_english_one() {
        var wrong = new ArrayList<String>();
        GERMAN.texts()
                .forEach(
                        (english, german) -> {
                            var values = values(english);
                            var taken = values(german);
                            boolean chosen = german.contains("$");
                            boolean fits =
                                    chosen
                                            ? values.entrySet().containsAll(taken.entrySet())
                                            : values.equals(taken);
                            if (!fits && english.contains("%")) {
                                wrong.add(english + " → " + german);
                            }
                            assertThat(german.isBlank()).as(english).isEqualTo(english.isBlank());
                        });
        assertThat(wrong).isEmpty();
    }

    /// The conversion by the place of the value. A text that stands alone is never formatted, so a
    /// sign in it is no value.
    private static Map<Integer, String> values(String text) {
        var all = new TreeMap<Integer, String>();
        int next = 0;
        var match = VALUE.matcher(text);
        while (match.find()) {
            if (match.group(2).matches("[sdfxX]")) {
                next++;
                all.put(
                        match.group(1) == null ? next : Integer.parseInt(match.group(1)),
                        match.group(2));
            }
        }
        return all;
    }

    @Test
    void what_stands_around_a_sentence_stands_around_the_german_one() {
        assertThat(
                        GERMAN.texts().entrySet().stream()
                                .filter(
                                        e ->
                                                e.getKey().startsWith(" ")
                                                                != e.getValue().startsWith(" ")
                                                        || e.getKey().endsWith(" ")
                                                                != e.getValue().endsWith(" ")))
                .isEmpty();
    }

    @Test
    void the_bundles_have_the_same_keys_and_values() throws IOException {
        var english = bundle("console.properties");
        var german = bundle("console_de.properties");
        assertThat(german.keySet()).isEqualTo(english.keySet()).hasSizeGreaterThan(300);
        english.forEach(
                (key, text) ->
                        assertThat(places(german.getProperty(key.toString())))
                                .as(key.toString())
                                .isEqualTo(places(text.toString())));
    }

    private static Properties bundle(String name) throws IOException {
        var all = new Properties();
        try (var in = Files.newBufferedReader(BUNDLES.resolve(name))) {
            all.load(in);
        }
        return all;
    }

    private static TreeSet<String> places(String pattern) {
        var all = new TreeSet<String>();
        Pattern.compile("\\{\\d}").matcher(pattern).results().forEach(m -> all.add(m.group()));
        assertThat(new MessageFormat(pattern, Locale.ROOT).getFormats())
                .as(pattern)
                .hasSizeGreaterThanOrEqualTo(all.size());
        return all;
    }

    @Test
    void every_help_page_has_a_german_one_with_the_same_parts_and_figures() throws IOException {
        var figure = Pattern.compile("\\{\\{[a-z._]+}}|(?m)^(?:## |- )");
        try (var files = Files.list(Path.of("resources/help"))) {
            var english = files.filter(f -> !f.toString().endsWith(".de.md")).sorted().toList();
            assertThat(english).hasSizeGreaterThan(12);
            for (var page : english) {
                var german = Path.of(page.toString().replaceFirst("\\.md$", ".de.md"));
                assertThat(marks(figure, german))
                        .as(page.toString())
                        .isEqualTo(marks(figure, page));
            }
        }
    }

    private static List<String> marks(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().map(m -> m.group()).toList();
    }

    @Test
    void a_catalog_is_read_as_gettext_writes_it() {
        var read =
                TextCatalog.read(
                        """
                        msgid ""
                        msgstr "Language: de\\n"

                        # a comment
                        msgid "Saved in %s days"
                        msgstr ""
                        "In %s Tagen "
                        "gespart"

                        msgid "plan"
                        msgid_plural "plans"
                        msgstr[0] "Plan"
                        msgstr[1] "Pläne"
                        """
                                .lines()
                                .toList());
        assertThat(read.text("Saved in %s days")).isEqualTo("In %s Tagen gespart");
        assertThat(read.text("unknown")).isEqualTo("unknown");
        assertThat(read.nouns()).containsEntry("plan", new TextCatalog.Noun("Plan", "Pläne"));
        assertThat(read.texts()).hasSize(1);
        assertThatThrownBy(() -> TextCatalog.read(List.of("msgid plan")))
                .hasMessageContaining("No line of a catalog");
        var twice = List.of("msgid \"a\"", "msgstr \"b\"", "msgid \"a\"", "msgstr \"c\"");
        assertThatThrownBy(() -> TextCatalog.read(twice)).hasMessageContaining("Twice");
    }

    @Test
    void the_wish_of_the_environment_comes_before_the_system() {
        assertThat(Language.of(null, Locale.GERMANY)).isEqualTo(Language.GERMAN);
        assertThat(Language.of(null, Locale.of("de", "AT"))).isEqualTo(Language.GERMAN);
        assertThat(Language.of(null, Locale.FRANCE)).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("en", Locale.GERMANY)).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("de_DE.UTF-8", Locale.US)).isEqualTo(Language.GERMAN);
        assertThat(Language.of(" ", Locale.GERMANY)).isEqualTo(Language.GERMAN);
    }
}
