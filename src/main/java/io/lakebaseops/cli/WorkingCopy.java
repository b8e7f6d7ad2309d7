package io.lakebaseops.cli;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.GeneratedFiles.GeneratedFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The directory a person named for files that a tool made. Nothing is written outside it, and what
/// is there with another text stays unless that person says otherwise.
record WorkingCopy(Path root, boolean overwrite) {

    enum State {
        WRITTEN,
        UNCHANGED,
        /// Another text is there.
        KEPT
    }

    record Put(String path, State state) {}

    List<Put> put(List<GeneratedFile> files) {
        if (!Files.isDirectory(root)) {
            throw failed(root, "there is no such directory", null);
        }
        var done = new ArrayList<Put>();
        for (var file : files) {
            try {
                done.add(new Put(file.path(), write(place(file.path()), file.text())));
            } catch (IOException e) {
                throw failed(root.resolve(file.path()), e + "; put so far: " + done, e);
            }
        }
        return done;
    }

    /// Neither `..` nor a link may lead out of the directory.
    private Path place(String path) throws IOException {
        var real = root.toRealPath();
        var file = real.resolve(path).normalize();
        var there = file;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!file.startsWith(real) || there == null || !there.toRealPath().startsWith(real)) {
            throw failed(file, "it lies outside " + root, null);
        }
        return file;
    }

    private State write(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            if (Files.readString(file).equals(text)) {
                return State.UNCHANGED;
            }
            if (!overwrite) {
                return State.KEPT;
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return State.WRITTEN;
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
