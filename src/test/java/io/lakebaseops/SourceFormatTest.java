package io.lakebaseops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every source file is as google-java-format (AOSP) writes it. `mvn test -Dtest=SourceFormatTest
/// -Dformat=write` rewrites the files that are not.
final class SourceFormatTest {
    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    private static final Pattern JAVAFX =
            Pattern.compile(
                    "FxToolkit\\.start|new OpenConsole|new FxRobot|ResourceLock\\(\"javafx");

    private static final boolean WRITE = "write".equals(System.getProperty("format"));
    private static final String LOCK = "@ResourceLock(\"javafx\")";
    private static final String MARK = "@io.lakebaseops.testing.ScreenTest";

    private static final Pattern CUT = Pattern.compile("(?m)^ *///.*\\n *// ");

    private static final Pattern WORD = Pattern.compile("\\w+");

    @Test
    void every_source_file_is_formatted() throws Exception {
        var wrong = new ArrayList<Path>();
        for (var file : sources()) {
            var text = Files.readString(file);
            var formatted =
                    format(WRITE ? used(marked(text)) : namesUnused(text) ? used(text) : text);
            if (!formatted.equals(text)) {
                wrong.add(file);
                if (WRITE) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!WRITE) {
            assertThat(wrong)
                    .as("not formatted; mend with: mvn test -Dtest=SourceFormatTest -Dformat=write")
                    .isEmpty();
        }
    }

    @Test
    void tests_that_start_javafx_follow_one_another() throws IOException {
        var unmarked = new ArrayList<Path>();
        for (var file : sources()) {
            var text = WRITE ? marked(Files.readString(file)) : Files.readString(file);
            if (file.toString().endsWith("Test.java")
                    && !file.endsWith("SourceFormatTest.java")
                    && !file.endsWith("testing/ScreenTest.java")
                    && JAVAFX.matcher(text).find()
                    && !text.contains("ScreenTest\n")) {
                unmarked.add(file);
            }
        }
        assertThat(unmarked)
                .as(
                        "write @ScreenTest instead of @ResourceLock, ScreenRobot.shared() instead of new FxRobot()")
                .isEmpty();
    }

    /// The formatter cuts a doc line of more than 100 columns and writes the rest as a plain
    /// comment.
    @Test
    void no_doc_comment_is_cut() throws IOException {
        var cut = new ArrayList<Path>();
        for (var file : sources()) {
            if (!WRITE && CUT.matcher(Files.readString(file)).find()) {
                cut.add(file);
            }
        }
        assertThat(cut).as("a line of /// is followed by one of //: wrap it by hand").isEmpty();
    }

    private static String format(String text) throws FormatterException {
        return FORMATTER.formatSource(ImportOrderer.reorderImports(text, Style.AOSP));
    }

    /// One lock for the toolkit is not enough, see [io.lakebaseops.testing.ScreenTest].
    private static String marked(String text) {
        return text.replace("\n" + LOCK + "\nfinal", "\n" + MARK + "\nfinal")
                .replace("\n" + LOCK + "\n@Timeout", "\n" + MARK + "\n@Timeout");
    }

    private static String used(String text) throws FormatterException {
        return RemoveUnusedImports.removeUnusedImports(text);
    }

    /// Whether some import may be of no use: it reads the whole file once more to be sure, so that
    /// is asked only of files where a name stands in no line of code.
    private static boolean namesUnused(String text) {
        var code =
                text.lines()
                        .map(String::strip)
                        .filter(l -> !l.startsWith("import ") && !l.startsWith("//"))
                        .flatMap(l -> WORD.matcher(l).results().map(MatchResult::group))
                        .collect(Collectors.toSet());
        return text.lines()
                .filter(l -> l.startsWith("import "))
                .map(l -> l.substring(l.lastIndexOf('.') + 1, l.length() - 1))
                .anyMatch(name -> !name.equals("*") && !code.contains(name));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
