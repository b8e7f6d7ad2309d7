package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.BranchSpec;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;
import com.databricks.sdk.service.postgres.ListBranchesRequest;
import com.databricks.sdk.service.postgres.UndeleteBranchRequest;
import com.databricks.sdk.service.postgres.UpdateBranchRequest;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Changes to a branch that is there: protected, given another life, deleted, purged.
final class SdkBranches {
    private final SdkCalls calls;
    private final ConfirmedRequest sending;

    SdkBranches(SdkCalls calls, ConfirmedRequest sending) {
        this.calls = calls;
        this.sending = sending;
    }

    static boolean deleted(Branch b) {
        return b.state().equals(SdkMapper.DELETED);
    }

    /// One of the two must be said; null = no expiry.
    static BranchSpec expiry(@Nullable Duration ttl) {
        return ttl == null
                ? new BranchSpec().setNoExpiry(true)
                : new BranchSpec().setTtl(SdkMapper.proto(ttl));
    }

    void delete(String branch, Deadline deadline, BooleanSupplier isGone) {
        sending.deletion(
                "Deleting " + branch,
                deadline,
                w -> w.postgres().deleteBranch(branch).getName(),
                isGone);
    }

    List<Branch> deleted(String project, Deadline deadline) {
        return calls.call(
                "Listing deleted branches of " + project,
                deadline,
                w -> {
                    var request =
                            new ListBranchesRequest().setParent(ResourceName.project(project));
                    var all = new ArrayList<Branch>();
                    w.postgres()
                            .listBranches(request.setShowDeleted(true))
                            .forEach(b -> all.add(SdkMapper.branch(project, b)));
                    all.removeIf(b -> !deleted(b));
                    return List.copyOf(all);
                });
    }

    private boolean held(String project, String branch, Deadline deadline) {
        return deleted(project, deadline).stream().anyMatch(b -> b.id().equals(branch));
    }

    void purge(String project, String branch, Deadline deadline) {
        if (!held(project, branch, deadline)) {
            return;
        }
        var request =
                new DeleteBranchRequest()
                        .setName(ResourceName.branch(project, branch))
                        .setPurge(true);
        sending.deletion(
                "Purging the deleted branch " + branch + " of " + project,
                deadline,
                w -> w.postgres().deleteBranch(request).getName(),
                () -> !held(project, branch, deadline));
    }

    void undelete(String branch, Deadline deadline, BooleanSupplier isBack) {
        sending.change(
                "Bringing back " + branch,
                deadline,
                _ -> {},
                w ->
                        w.postgres()
                                .undeleteBranch(new UndeleteBranchRequest().setName(branch))
                                .getName(),
                isBack);
    }

    void protect(String branch, boolean isProtected, Deadline deadline) {
        update(
                (isProtected ? "Protecting " : "Unprotecting ") + branch,
                branch,
                new BranchSpec().setIsProtected(isProtected),
                "spec.is_protected",
                deadline);
    }

    void expire(String branch, @Nullable Duration ttl, Deadline deadline) {
        update("Setting the expiry of " + branch, branch, expiry(ttl), "spec.expiration", deadline);
    }

    /// The same update twice does no harm, so a lost answer is simply sent again.
    private void update(
            String what, String branch, BranchSpec spec, String mask, Deadline deadline) {
        var request =
                new UpdateBranchRequest()
                        .setName(branch)
                        .setBranch(new com.databricks.sdk.service.postgres.Branch().setSpec(spec))
                        .setUpdateMask(SdkProjects.mask(mask));
        sending.change(
                what,
                deadline,
                _ -> {},
                w -> w.postgres().updateBranch(request).getName(),
                () -> false);
    }
}
