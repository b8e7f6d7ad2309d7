package io.lakebaseops.ask.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The stored vectors of the example questions; `-Dask.vectors=write` makes them anew.
final class ExampleVectorsTest {
    private static final Path FILE = Path.of("resources/ask/examples.vectors");

    @Test
    void the_stored_vectors_are_those_of_the_example_questions() throws IOException {
        var examples =
                IntentLibrary.fromClassPath().all().stream()
                        .flatMap(i -> i.examples().stream())
                        .toList();
        if ("write".equals(System.getProperty("ask.vectors"))) {
            Files.write(
                    FILE,
                    ExampleVectors.file(examples, new MiniLmVectors(Path.of("target/models"))));
        }
        try (var in = new DataInputStream(Files.newInputStream(FILE))) {
            assertThat(in.readUTF())
                    .as("run this test with -Dask.vectors=write")
                    .isEqualTo(ExampleVectors.hash(examples));
        }
    }
}
