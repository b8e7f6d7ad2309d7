package io.lakebaseops.ask.meaning;

import io.lakebaseops.domain.Sha256;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The vectors of all example questions, made once and kept in the file `ask/examples.vectors`:
/// making them takes seconds. The file begins with the hash of the questions it belongs to.
public final class ExampleVectors {
    private static final String FILE = "/ask/examples.vectors";

    /// Numbers of a unit vector lie in -1 to 1.
    private static final float SCALE = 127;

    private final List<String> examples;
    private float @Nullable [][] vectors;

    private ExampleVectors(List<String> examples, float @Nullable [][] vectors) {
        this.examples = examples;
        this.vectors = vectors;
    }

    static ExampleVectors of(List<String> examples) {
        return new ExampleVectors(List.copyOf(examples), stored(examples));
    }

    /// The likeness of each example to a vector, -1 to 1.
    synchronized double[] scores(float[] asked, SentenceVectors model) {
        if (vectors == null) {
            vectors = made(examples, model);
        }
        var scores = new double[vectors.length];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int j = 0; j < asked.length; j++) {
                sum += asked[j] * vectors[i][j];
            }
            scores[i] = sum;
        }
        return scores;
    }

    private static float[][] made(List<String> examples, SentenceVectors model) {
        var made = new float[examples.size()][];
        for (int i = 0; i < made.length; i++) {
            var vector = model.of(String.join(" ", Words.of(examples.get(i))));
            if (vector == null) {
                throw new IllegalStateException("The model gave vectors and does no longer");
            }
            made[i] = vector;
        }
        return made;
    }

    private static float @Nullable [][] stored(List<String> examples) {
        try (var in = ExampleVectors.class.getResourceAsStream(FILE)) {
            if (in == null) {
                return null;
            }
            var data = new DataInputStream(in);
            if (!data.readUTF().equals(hash(examples))) {
                return null;
            }
            int length = data.readInt();
            var vectors = new float[examples.size()][length];
            for (var vector : vectors) {
                var bytes = data.readNBytes(length);
                for (int j = 0; j < length; j++) {
                    vector[j] = bytes[j] / SCALE;
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    /// The file's content for these examples, written by the build's test.
    static byte[] file(List<String> examples, SentenceVectors model) throws IOException {
        var vectors = made(examples, model);
        var bytes = new ByteArrayOutputStream();
        var data = new DataOutputStream(bytes);
        data.writeUTF(hash(examples));
        data.writeInt(vectors[0].length);
        for (var vector : vectors) {
            for (float value : vector) {
                data.writeByte(Math.round(value * SCALE));
            }
        }
        return bytes.toByteArray();
    }

    static String hash(List<String> examples) {
        return Sha256.hex(String.join("\n", examples));
    }
}
