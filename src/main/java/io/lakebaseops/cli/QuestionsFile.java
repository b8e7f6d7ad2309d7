package io.lakebaseops.cli;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file with a question in each line. A line that cannot be one says why and stands for itself:
/// the others are asked all the same.
final class QuestionsFile {
    private static final int LONGEST = 2_000;

    private QuestionsFile() {}

    /// @param number counted from 1; 0 for words of the command line
    /// @param trouble why it is no question; null for one
    record Line(int number, String text, @Nullable String trouble) {}

    static List<Line> read(Path file) {
        try {
            return lines(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "File of questions " + file,
                    "cannot be read: " + e.getMessage(),
                    "name a text file in UTF-8",
                    e);
        }
    }

    /// Blank lines and those with `#` are left out.
    static List<Line> lines(byte[] file) {
        var lines = new ArrayList<Line>();
        int from = 0;
        int number = 0;
        while (from < file.length) {
            int end = from;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            number++;
            var line = line(number, ByteBuffer.wrap(file, from, end - from));
            if (line.trouble() != null || !(line.text().isEmpty() || line.text().startsWith("#"))) {
                lines.add(line);
            }
            from = end + 1;
        }
        return lines;
    }

    private static Line line(int number, ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return new Line(number, "", "it is not text in UTF-8: save the file as UTF-8");
        }
        // The mark that some editors begin a file with.
        text = (number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            return new Line(number, "", "it has a control character: take it out");
        }
        if (text.length() > LONGEST) {
            return new Line(
                    number,
                    "",
                    "it has %,d characters, a question %,d at most: shorten it"
                            .formatted(text.length(), LONGEST));
        }
        return new Line(number, text, null);
    }
}
