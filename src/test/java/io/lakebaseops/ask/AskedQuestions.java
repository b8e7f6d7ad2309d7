package io.lakebaseops.ask;

import io.lakebaseops.ask.meaning.IntentLibrary;
import io.lakebaseops.ask.meaning.Words;
import io.lakebaseops.domain.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The corpus of questions with the readings that would be right.
final class AskedQuestions {
    private AskedQuestions() {}

    private static final Map<String, String> KINDS =
            Map.of(
                    "order_items", "tablename",
                    "orders_coupon_idx", "indexname",
                    "staging", "branchname",
                    "analyst", "rolename",
                    "work_mem", "settingname");

    private static final Set<String> EXAMPLES =
            IntentLibrary.fromClassPath().all().stream()
                    .flatMap(i -> i.examples().stream())
                    .map(e -> String.join(" ", Words.of(e)))
                    .collect(Collectors.toSet());

    /// @param heldOut neither an example nor looked at while intents and limits were made
    record Sample(Set<String> right, String text, boolean heldOut) {
        boolean outside() {
            return right.contains("outside");
        }

        boolean order() {
            return right.contains("order");
        }
    }

    static List<Sample> all() throws IOException {
        return of("questions.txt");
    }

    /// As people ask on public forums.
    static List<Sample> ofForums() throws IOException {
        return of("forum.txt");
    }

    /// Titles of questions and issues that were asked in public.
    static List<Sample> ofTitles() throws IOException {
        return of("titles.txt");
    }

    /// The top twenty in German and Spanish.
    static List<Sample> ofLanguages() throws IOException {
        return of("languages.txt");
    }

    static List<Sample> of(String file) throws IOException {
        var samples = new ArrayList<Sample>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/ask", file))) {
            int at = line.indexOf(" = ");
            if (at > 0 && !line.startsWith("#")) {
                var text = line.substring(at + 3);
                samples.add(
                        new Sample(
                                Set.of(line.substring(0, at).split("\\|")),
                                text,
                                Character.digit(Sha256.hex(text).charAt(0), 16) % 2 == 1
                                        && !isExample(text)));
            }
        }
        return samples;
    }

    /// The same words as an example of an intent, whatever the names in it.
    private static boolean isExample(String text) {
        var masked = new ArrayList<String>();
        for (var word : Words.of(text.replace("shop.", "").replace("web.", ""))) {
            boolean table = ShopNames.TABLES.contains(word);
            masked.add(table ? "tablename" : KINDS.getOrDefault(word, word));
        }
        return EXAMPLES.contains(String.join(" ", masked))
                || EXAMPLES.contains(String.join(" ", Words.of(text)));
    }
}
