package io.lakebaseops.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Statements that build a situation people met on their servers, from `situations/` of the test
/// resources; each ends with a semicolon at the end of a line.
public final class Situation {
    private Situation() {}

    public static void build(Pg17.Database database, String name) {
        try {
            var text = Files.readString(Path.of("src/test/resources/situations", name + ".sql"));
            database.asAdmin(
                    Arrays.stream(text.split(";\\R"))
                            .filter(s -> !s.isBlank())
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
