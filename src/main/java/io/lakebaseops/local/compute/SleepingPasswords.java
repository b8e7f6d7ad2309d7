package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ScramVerifier;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The passwords of roles of branches whose server is down, so that a wrong one does not start it:
/// while it is down nobody changes them. They are read once after it went down.
final class SleepingPasswords {
    private final Map<String, Kept> branches = new ConcurrentHashMap<>();

    /// @param work of the branch that was done when they were read
    private record Kept(long work, List<BranchRoles.Password> passwords) {}

    /// Whether it is the password of a role that may log in now. Starts the server only where it is
    /// not known what it keeps.
    boolean fits(Branch branch, String role, String password) {
        return passwords(branch).stream()
                .filter(p -> p.role().equals(role) && p.valid())
                .flatMap(p -> ScramVerifier.parse(p.verifier()).stream())
                .anyMatch(verifier -> verifier.fits(password));
    }

    private List<BranchRoles.Password> passwords(Branch branch) {
        var known = known(branch);
        if (known != null) {
            return known.passwords();
        }
        var read = new BranchRoles(branch).passwords();
        branches.put(branch.uid(), new Kept(branch.workDone(), read));
        return read;
    }

    private @Nullable Kept known(Branch branch) {
        var kept = branches.get(branch.uid());
        return kept == null || branch.running() || kept.work() != branch.workDone() ? null : kept;
    }

    void forget(String branchUid) {
        branches.remove(branchUid);
    }
}
