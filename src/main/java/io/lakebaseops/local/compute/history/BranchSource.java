package io.lakebaseops.local.compute.history;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/// The branch that another was copied from, and the position of the copy. Before its own first base
/// backup, its history is that of its parent up to here: a fork costs no second copy of the data.
///
/// @param parent uid of the branch it was copied from
/// @param lsn position at which it left its parent
/// @param time when it was copied; its own history starts here
public record BranchSource(String parent, Lsn lsn, Instant time) {
    private static final String FILE = "origin.properties";

    public void write(Path branchDir) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("parent", parent);
        properties.setProperty("lsn", lsn.toString());
        properties.setProperty("time", time.toString());
        try (Writer out = Files.newBufferedWriter(branchDir.resolve(FILE))) {
            properties.store(out, null);
        }
    }

    static Optional<BranchSource> read(Path branchDir) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(branchDir.resolve(FILE))) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(
                new BranchSource(
                        properties.getProperty("parent"),
                        Lsn.parse(properties.getProperty("lsn")),
                        Instant.parse(properties.getProperty("time"))));
    }

    static void delete(Path branchDir) throws IOException {
        Files.deleteIfExists(branchDir.resolve(FILE));
    }
}
