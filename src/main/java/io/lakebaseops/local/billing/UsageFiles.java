package io.lakebaseops.local.billing;

import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.PrivateFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Usage records on disk: one file of JSON lines a day. A day is replaced whole, so a reader sees
/// an hour's records all or not at all.
public final class UsageFiles {
    private final Path billing;
    private final Path dir;

    /// @param home directory of the server; records lie in `billing/usage` below it
    public UsageFiles(Path home) {
        this.billing = home.resolve("billing");
        this.dir = billing.resolve("usage");
        try {
            OwnerOnly.makeFolder(billing);
            OwnerOnly.makeFolder(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("no place for usage records in " + home, e);
        }
    }

    /// Where all that belongs to bills lies.
    public Path billing() {
        return billing;
    }

    /// In the order of their days.
    public List<Path> files() {
        try (var all = Files.list(dir)) {
            return all.filter(f -> f.getFileName().toString().endsWith(".jsonl")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("usage records in " + dir + " cannot be listed", e);
        }
    }

    /// Adds the records that are not there yet, by their ids.
    public synchronized void add(Collection<UsageRecord> records) {
        Map<LocalDate, List<UsageRecord>> days = new TreeMap<>();
        records.forEach(r -> days.computeIfAbsent(r.day(), _ -> new ArrayList<>()).add(r));
        days.forEach(this::addTo);
    }

    private void addTo(LocalDate day, List<UsageRecord> records) {
        Path file = dir.resolve(day + ".jsonl");
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            StringBuilder all = new StringBuilder(before);
            for (UsageRecord record : records) {
                if (!before.contains(record.id())) {
                    all.append(record.line()).append('\n');
                }
            }
            if (all.length() > before.length()) {
                byte[] content = all.toString().getBytes(StandardCharsets.UTF_8);
                PrivateFiles.replace(file, content, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("usage of " + day + " cannot be written", e);
        }
    }
}
