package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.delta.kernel.hook.PostCommitHook;
import io.lakebaseops.lakehouse.TableFacts;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// One Delta table at its newest or an earlier version.
///
/// The last snapshot is kept while nobody has committed after it, which two looks at the log
/// directory tell; loading one anew means listing and replaying the log.
final class DeltaTable {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaTable.class);

    private final TableName name;
    private final Path directory;
    private final Engine engine;
    private volatile @Nullable Snapshot cachedSnapshot;
    private volatile @Nullable Listing cachedListing;

    private record Listing(long version, List<LiveFile> files) {}

    DeltaTable(TableName name, Path directory, Engine engine) {
        this.name = name;
        this.directory = directory;
        this.engine = engine;
    }

    TableName name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    Path log() {
        return directory.resolve("_delta_log");
    }

    String location() {
        return LocalFiles.location(directory);
    }

    Engine engine() {
        return engine;
    }

    Snapshot latest() {
        var known = cachedSnapshot;
        if (known != null && isLatest(known.getVersion())) {
            return known;
        }
        try {
            var fresh = loaded();
            cachedSnapshot = fresh;
            return fresh;
        } catch (TableNotFoundException e) {
            throw LakeFailures.absent(name);
        }
    }

    boolean exists() {
        try {
            cachedSnapshot = loaded();
            return true;
        } catch (TableNotFoundException _) {
            return false;
        }
    }

    private Snapshot loaded() {
        try {
            return TableManager.loadSnapshot(location())
                    .withCommitter(NotingCommitter.INSTANCE)
                    .build(engine);
        } catch (UnsupportedTableFeatureException e) {
            var features = new TreeSet<>(e.getUnsupportedFeatures());
            throw LakeFailures.feature(name, FeatureGate.unknown(this, features, Use.READ));
        } catch (UnsupportedProtocolVersionException e) {
            var version = List.of("protocol version " + e.getVersion());
            throw LakeFailures.feature(name, FeatureGate.unknown(this, version, Use.READ));
        }
    }

    /// The newest version, if it can be used so.
    Snapshot latestFor(Use use) {
        var snapshot = latest();
        FeatureGate.check(this, snapshot, use);
        return snapshot;
    }

    Snapshot at(long version) {
        if (version == latest().getVersion()) {
            return latestFor(Use.READ);
        }
        try {
            var snapshot = TableManager.loadSnapshot(location()).atVersion(version).build(engine);
            FeatureGate.check(this, snapshot, Use.READ);
            return snapshot;
        } catch (KernelException e) {
            throw LakeFailures.versionGone(name, version, e);
        }
    }

    // The log is tidied up from its old end, so a version still there was not overtaken unseen.
    private boolean isLatest(long version) {
        return Files.exists(commitFile(version)) && !Files.exists(commitFile(version + 1));
    }

    Path commitFile(long version) {
        return log().resolve("%020d.json".formatted(version));
    }

    /// The files that make up a snapshot.
    List<LiveFile> files(Snapshot snapshot) {
        var known = cachedListing;
        if (known != null && known.version() == snapshot.getVersion()) {
            return known.files();
        }
        var files = list(snapshot);
        if (known == null || known.version() < snapshot.getVersion()) {
            cachedListing = new Listing(snapshot.getVersion(), files);
        }
        return files;
    }

    private List<LiveFile> list(Snapshot snapshot) {
        try {
            return LiveFile.list(this, snapshot);
        } catch (KernelException | KernelEngineException e) {
            // The log may have been cut since the snapshot was taken: the next call loads it anew.
            forget();
            throw LakeFailures.disk("Listing the files of " + name, e);
        }
    }

    TableFacts facts() {
        var snapshot = latestFor(Use.READ);
        var files = files(snapshot);
        boolean counted = files.stream().allMatch(f -> f.rows() >= 0);
        return new TableFacts(
                snapshot.getVersion(),
                counted ? files.stream().mapToLong(LiveFile::rows).sum() : -1,
                files.size(),
                files.stream().mapToLong(LiveFile::bytes).sum());
    }

    /// Takes note of a commit of ours, and writes the checksum that spares the next commit a replay
    /// of the log, and the checkpoint that may be due.
    long committed(TransactionCommitResult result) {
        var base = cachedSnapshot;
        boolean usesDeletionVectors =
                base != null
                        && KernelInternals.protocol(base)
                                .writerFeatures()
                                .contains("deletionVectors");
        cachedSnapshot = result.getPostCommitSnapshot().orElse(null);
        for (var hook : result.getPostCommitHooks()) {
            // Kernel 4.4.0 cannot write one that counts rows of deletion vectors.
            boolean counted = hook.getType() == PostCommitHook.PostCommitHookType.CHECKSUM_FULL;
            if (!counted || !usesDeletionVectors) {
                follow(hook);
            }
        }
        return result.getVersion();
    }

    // The commit stands whether or not these do; the next one will make up for them.
    private void follow(PostCommitHook hook) {
        boolean complete = hook.getType() == PostCommitHook.PostCommitHookType.CHECKSUM_SIMPLE;
        try {
            hook.threadSafeInvoke(engine);
        } catch (IOException | KernelException | KernelEngineException e) {
            LOG.warn("No {} of {}: {}", hook.getType(), name, e.toString());
        } finally {
            if (!complete) {
                forget();
            }
        }
    }

    /// Makes the next look load the log anew.
    void forget() {
        cachedSnapshot = null;
    }
}
