package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.performance.metrics.StatementSnapshot.KnownText;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The snapshot that the next differences start from. One compressed file per target beside the
/// local lakehouse: it is rewritten every five minutes, which an append-only table is wrong for,
/// and it is larger (about 0.5 MB per 5,000 statements) than what belongs into the state database.
///
/// `pending` is a snapshot whose rows may or may not have been stored when we died; the rows follow
/// from the two files, so storing them again under the same id does no harm.
final class SnapshotFile {
    private static final int FORMAT = 1;

    private final Path folder;

    SnapshotFile(Path folder) {
        this.folder = folder;
    }

    Optional<StatementSnapshot> current(TargetId target) {
        return read(path(target, "snapshot"));
    }

    Optional<StatementSnapshot> pending(TargetId target) {
        return read(path(target, "pending"));
    }

    void savePending(TargetId target, StatementSnapshot snapshot) {
        var file = path(target, "pending");
        var part = path(target, "part");
        try {
            Files.createDirectories(folder);
            try (var out =
                    new DataOutputStream(
                            new GZIPOutputStream(Files.newOutputStream(part), 1 << 16))) {
                write(out, snapshot);
            }
            PrivateFiles.move(part, file);
        } catch (IOException e) {
            throw failed("Writing", file, e);
        }
    }

    /// The pending snapshot's rows are stored: from here on it is the base.
    void commit(TargetId target) {
        var file = path(target, "pending");
        try {
            PrivateFiles.move(file, path(target, "snapshot"));
        } catch (IOException e) {
            throw failed("Renaming", file, e);
        }
    }

    private Path path(TargetId target, String kind) {
        var name = HexFormat.of().formatHex(target.key().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(name + "." + kind + ".gz");
    }

    private static Optional<StatementSnapshot> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in =
                new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            // Another version's file is no error: the next snapshot is a first one again.
            return in.readInt() == FORMAT ? Optional.of(snapshot(in)) : Optional.empty();
        } catch (IOException e) {
            throw failed("Reading", file, e);
        }
    }

    private static void write(DataOutputStream out, StatementSnapshot s) throws IOException {
        out.writeInt(FORMAT);
        instant(out, s.at());
        instant(out, s.postmasterStart());
        instant(out, s.statsReset());
        out.writeLong(s.evictions());
        out.writeInt(s.hidden());
        out.writeInt(s.entries().size());
        for (var e : s.entries().values()) {
            out.writeLong(e.key().dbid());
            out.writeLong(e.key().userid());
            out.writeLong(e.key().queryid());
            out.writeBoolean(e.key().toplevel());
            instant(out, e.statsSince());
            instant(out, e.minmaxSince());
            for (double d : e.sums()) {
                out.writeDouble(d);
            }
            for (double d : e.asRead()) {
                out.writeDouble(d);
            }
        }
        out.writeInt(s.texts().size());
        for (var t : s.texts().entrySet()) {
            out.writeLong(t.getKey());
            out.writeLong(t.getValue().storedOn());
            out.writeBoolean(t.getValue().ours());
        }
    }

    private static StatementSnapshot snapshot(DataInputStream in) throws IOException {
        var at = moment(in);
        var start = moment(in);
        var reset = instant(in);
        long evictions = in.readLong();
        int hidden = in.readInt();
        var entries = new LinkedHashMap<StatementEntry.Key, StatementEntry>();
        for (int i = in.readInt(); i > 0; i--) {
            var key =
                    new StatementEntry.Key(
                            in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
            var since = moment(in);
            var minmax = instant(in);
            entries.put(
                    key,
                    new StatementEntry(
                            key,
                            since,
                            doubles(in, StatementEntry.SUMS),
                            doubles(in, StatementEntry.AS_READ.size()),
                            minmax));
        }
        var texts = new HashMap<Long, KnownText>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.put(in.readLong(), new KnownText(in.readLong(), in.readBoolean()));
        }
        return new StatementSnapshot(at, start, reset, evictions, hidden, entries, texts);
    }

    private static double[] doubles(DataInputStream in, int n) throws IOException {
        var values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static void instant(DataOutputStream out, @Nullable Instant value) throws IOException {
        out.writeLong(value == null ? Long.MIN_VALUE : value.getEpochSecond());
        out.writeInt(value == null ? 0 : value.getNano());
    }

    private static @Nullable Instant instant(DataInputStream in) throws IOException {
        long second = in.readLong();
        int nano = in.readInt();
        return second == Long.MIN_VALUE ? null : Instant.ofEpochSecond(second, nano);
    }

    private static Instant moment(DataInputStream in) throws IOException {
        var value = instant(in);
        if (value == null) {
            throw new IOException("a moment is missing");
        }
        return value;
    }

    private static OpsException failed(String act, Path file, IOException e) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                act + " the statement snapshot " + file,
                String.valueOf(e.getMessage()),
                "check the disk; deleting the file starts a new baseline",
                e);
    }
}
