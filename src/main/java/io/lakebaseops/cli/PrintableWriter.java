package io.lakebaseops.cli;

import io.lakebaseops.domain.Format;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;

/// The terminal's last guard: whatever is printed, no escape sequence or bidirectional override of
/// somebody else's text gets through.
final class PrintableWriter extends FilterWriter {
    private PrintableWriter(PrintWriter out) {
        super(out);
    }

    static PrintWriter over(PrintWriter out) {
        return new PrintWriter(new PrintableWriter(out), true);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        var part = text.substring(from, from + length);
        out.write(part.equals(System.lineSeparator()) ? part : Format.printableLines(part));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }
}
