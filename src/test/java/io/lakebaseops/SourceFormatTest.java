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
import java.util.stream.Stream;

/// Every source file is as google-java-format (AOSP) writes it. `mvn test -Dtest=SourceFormatTest
/// -Dformat=write` rewrites the files that are not.
final class SourceFormatTest {
    @Test
    void every_source_file_is_formatted() throws Exception {
        boolean write = "write".equals(System.getProperty("format"));
        var wrong = new ArrayList<Path>();
        for (var file : sources()) {
            var text = Files.readString(file);
            var formatted = format(text);
            if (!formatted.equals(text)) {
                wrong.add(file);
                if (write) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!write) {
            assertThat(wrong)
                    .as("not formatted; mend with: mvn test -Dtest=SourceFormatTest -Dformat=write")
                    .isEmpty();
        }
    }

    private static String format(String text) throws FormatterException {
        var formatter = new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        return formatter.formatSource(
                RemoveUnusedImports.removeUnusedImports(
                        ImportOrderer.reorderImports(text, Style.AOSP)));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
