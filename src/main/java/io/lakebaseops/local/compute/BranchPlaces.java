package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.ServerHosting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Directories of branches. A branch has its directory under its own name only when its files are
/// complete.
///
/// @param dir of all branches
record BranchPlaces(Path dir) {
    private static final Logger LOG = LoggerFactory.getLogger(BranchPlaces.class);
    static final String BRANCHES = "branches";
    private static final String UNFINISHED = ".new-";

    /// Fills the directory of a branch.
    @FunctionalInterface
    interface Filler {
        void fill(Path branchDir) throws IOException;
    }

    Path of(String branchUid) {
        return dir.resolve(branchUid);
    }

    void make(String branchUid, Filler filler) {
        if (Files.exists(of(branchUid))) {
            throw new ComputeException("Branch " + branchUid + " exists already");
        }
        Path fresh = dir.resolve(UNFINISHED + branchUid);
        try {
            FileTree.delete(fresh);
            OwnerOnly.createFolder(fresh);
            filler.fill(fresh);
            FileTree.move(fresh, of(branchUid));
        } catch (IOException e) {
            throw new ComputeException("Branch " + branchUid + " cannot be made", e);
        } finally {
            forget(fresh);
        }
    }

    /// What a failed attempt left; an unfinished directory is no branch in any case.
    private static void forget(Path fresh) {
        try {
            FileTree.delete(fresh);
        } catch (IOException e) {
            LOG.warn("{} stays until the next start", fresh, e);
        }
    }

    /// The uids of the branches a former room left, after its servers were stopped.
    List<String> left(ServerHosting hosting, Duration stopTimeout) throws IOException {
        List<String> uids = new ArrayList<>();
        try (var found = Files.list(dir)) {
            for (Path place : found.toList()) {
                String uid = Objects.requireNonNull(place.getFileName()).toString();
                Postmaster.stopRunning(place.resolve("data"), hosting, stopTimeout);
                for (Path home : Standby.homes(place)) {
                    Postmaster.stopRunning(home.resolve("data"), hosting, stopTimeout);
                }
                if (uid.startsWith(UNFINISHED)) {
                    FileTree.delete(place); // a restore was under way, perhaps its server still
                } else if (Files.isDirectory(place)) {
                    uids.add(uid);
                }
            }
        }
        return uids;
    }
}
