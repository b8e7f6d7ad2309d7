package io.lakebaseops.lakehouse.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The newest commits of a table's log, read as they were written: a look at what others did lately
/// that needs no replay of the log.
final class LogTail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LogTail() {}

    /// Whether commits in between left these files, the columns and the protocol as they were.
    ///
    /// @param after version known
    /// @param until version to be built upon
    static boolean undisturbed(DeltaTable table, long after, long until, Set<Path> files)
            throws IOException {
        for (long version = after + 1; version <= until; version++) {
            try {
                for (var line : Files.readAllLines(table.commitFile(version))) {
                    var action = JSON.readTree(line);
                    if (action.has("metaData") || action.has("protocol")) {
                        return false;
                    }
                    var removed = action.path("remove").path("path");
                    if (removed.isTextual()
                            && files.contains(
                                    LiveFile.resolve(table.directory(), removed.asText()))) {
                        return false;
                    }
                }
            } catch (NoSuchFileException _) {
                return false; // tidied away: what it did is not known any more
            }
        }
        return true;
    }

    /// The files that a commit took out of the table, with their deletion vectors'.
    static Set<Path> removed(DeltaTable table, Path commit) throws IOException {
        var paths = new HashSet<Path>();
        for (var line : Files.readAllLines(commit)) {
            var remove = JSON.readTree(line).path("remove");
            if (remove.path("path").isTextual()) {
                paths.add(LiveFile.resolve(table.directory(), remove.path("path").asText()));
                addVector(table, remove.path("deletionVector"), paths);
            }
        }
        return paths;
    }

    private static void addVector(DeltaTable table, JsonNode vector, Set<Path> paths) {
        var storage = vector.path("storageType").asText();
        if (storage.equals("u") || storage.equals("p")) {
            var location =
                    KernelInternals.vectorFile(
                            storage, vector.path("pathOrInlineDv").asText(), table.location());
            paths.add(LocalFiles.path(location));
        }
    }
}
