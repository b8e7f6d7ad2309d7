package io.lakebaseops.agents.provisioning.cicd;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which files were put into a working copy, and which were left because someone else wrote them?
public final class RepositoryFiles {
    private RepositoryFiles() {}

    /// @param path in the repository
    /// @param state `shown`, `written`, `unchanged` or `kept`, the last when another text is there
    public record RepositoryFile(String path, String state, String text) {}

    /// @param texts by path in the repository
    /// @param writeTo the working copy; null = nothing is written
    public static List<RepositoryFile> put(
            Map<String, String> texts, @Nullable String writeTo, boolean overwrite) {
        var root = writeTo == null ? null : Path.of(writeTo);
        if (root != null && !Files.isDirectory(root)) {
            throw failed(root, "there is no such directory", null);
        }
        var files = new ArrayList<RepositoryFile>();
        for (var e : texts.entrySet()) {
            var state = "shown";
            if (root != null) {
                var file = root.resolve(e.getKey());
                try {
                    state = write(file, e.getValue(), overwrite);
                } catch (IOException x) {
                    throw failed(file, x + "; written so far: " + files.size(), x);
                }
            }
            files.add(new RepositoryFile(e.getKey(), state, e.getValue()));
        }
        return files;
    }

    /// What to tell about files that were not touched.
    public static List<String> kept(List<RepositoryFile> files) {
        return files.stream()
                .filter(f -> f.state().equals("kept"))
                .map(f -> f.path() + " is there with another text and was kept")
                .toList();
    }

    private static String write(Path file, String text, boolean overwrite) throws IOException {
        if (Files.exists(file)) {
            if (Files.readString(file).equals(text)) {
                return "unchanged";
            }
            if (!overwrite) {
                return "kept";
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        return "written";
    }

    private static OpsException failed(Path file, String why, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Writing " + file,
                why,
                "choose a directory we may write to",
                cause);
    }
}
