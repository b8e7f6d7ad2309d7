package io.lakebaseops.report;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a report into files, each whole or not at all: what stood there before stays until the
/// new one is complete.
public final class ReportFiles {
    private ReportFiles() {}

    @FunctionalInterface
    private interface Writer {
        void write(Path to) throws IOException;
    }

    /// @param html null for none
    /// @param pdf null for none
    public static void write(Report report, @Nullable Path html, @Nullable Path pdf) {
        var text = HtmlReport.of(report);
        if (html != null) {
            replace(html, to -> Files.writeString(to, text));
        }
        if (pdf != null) {
            replace(
                    pdf,
                    to -> {
                        try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
                            PdfReport.write(text, out);
                        }
                    });
        }
    }

    private static void replace(Path file, Writer writer) {
        var beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                writer.write(beside);
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new OpsException(
                    OpsException.Kind.DENIED,
                    "Writing " + file,
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "choose another place",
                    e);
        }
    }
}
