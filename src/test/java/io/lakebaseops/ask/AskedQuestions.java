package io.lakebaseops.ask;

import io.lakebaseops.domain.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The corpus of questions with the readings that would be right.
final class AskedQuestions {
    private AskedQuestions() {}

    /// @param heldOut never looked at while intents and limits were made
    record Sample(Set<String> right, String text, boolean heldOut) {
        boolean outside() {
            return right.contains("outside");
        }

        boolean order() {
            return right.contains("order");
        }
    }

    static List<Sample> all() throws IOException {
        var samples = new ArrayList<Sample>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/ask/questions.txt"))) {
            int at = line.indexOf(" = ");
            if (at > 0 && !line.startsWith("#")) {
                var text = line.substring(at + 3);
                samples.add(
                        new Sample(
                                Set.of(line.substring(0, at).split("\\|")),
                                text,
                                Character.digit(Sha256.hex(text).charAt(0), 16) % 2 == 1));
            }
        }
        return samples;
    }
}
