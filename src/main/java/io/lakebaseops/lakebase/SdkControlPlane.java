package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.postgres.CreateBranchRequest;
import com.databricks.sdk.service.postgres.GenerateDatabaseCredentialRequest;
import com.databricks.sdk.service.postgres.ListProjectsRequest;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// The control plane of one workspace, in the cloud or Local Lakebase, through the SDK.
public final class SdkControlPlane implements ControlPlane {
    private static final Duration WHO_AM_I = Duration.ofSeconds(15);

    private final SdkCalls calls;
    private final ConfirmedRequest sending;
    private final SdkProjects projects;
    private final SdkComputes computes;
    private final SdkBranches changes;
    private final SdkUnityCatalog unity;
    private final WorkspaceListing listing = WorkspaceListing.cached(this, System::nanoTime);
    private volatile @Nullable String user;

    private SdkControlPlane(Supplier<WorkspaceClient> client, ExecutorService background) {
        this.calls = new SdkCalls(client, background);
        this.sending = new ConfirmedRequest(calls, new Operations(calls));
        this.projects = new SdkProjects(calls, sending);
        this.computes = new SdkComputes(calls, sending);
        this.changes = new SdkBranches(calls, sending);
        this.unity = new SdkUnityCatalog(calls, sending);
    }

    /// By host and personal token: Local Lakebase, or a workspace without a profile.
    public static SdkControlPlane ofHost(
            String host, Supplier<String> token, ExecutorService background) {
        return new SdkControlPlane(() -> WorkspaceClients.ofToken(host, token), background);
    }

    /// By host and the login page in the browser.
    ///
    /// @param asked may the browser be opened now? Without, what the last login left is used
    public static SdkControlPlane ofBrowser(
            String host, LoginMemory memory, boolean asked, ExecutorService background) {
        return new SdkControlPlane(
                () -> WorkspaceClients.ofBrowser(host, memory, asked), background);
    }

    /// By host and a service principal (OAuth, machine to machine).
    public static SdkControlPlane ofServicePrincipal(
            String host, String clientId, Supplier<String> secret, ExecutorService background) {
        return new SdkControlPlane(
                () -> WorkspaceClients.ofServicePrincipal(host, clientId, secret), background);
    }

    /// By a profile of `~/.databrickscfg`: whatever login it names.
    public static SdkControlPlane ofProfile(String profile, ExecutorService background) {
        return new SdkControlPlane(() -> WorkspaceClients.ofProfile(profile), background);
    }

    @Override
    public String user() {
        var known = user;
        if (known == null) {
            known =
                    calls.call(
                            "Asking the workspace who we are",
                            Deadline.in(WHO_AM_I),
                            w -> w.currentUser().me(new MeRequest()).getUserName());
            user = known;
        }
        return known;
    }

    @Override
    public List<Project> projects(Deadline deadline) {
        return calls.call(
                "Listing projects",
                deadline,
                w -> {
                    // The pages are fetched while iterating, so it happens inside the call.
                    var all = new ArrayList<Project>();
                    w.postgres()
                            .listProjects(new ListProjectsRequest())
                            .forEach(p -> all.add(SdkMapper.project(p)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Optional<Project> project(String project, Deadline deadline) {
        if (!ResourceName.possible(project)) {
            return Optional.empty();
        }
        var read =
                SdkCalls.found(
                        () ->
                                calls.call(
                                        "Project " + project,
                                        deadline,
                                        w -> w.postgres().getProject(path(project))));
        return read.filter(p -> p.getDeleteTime() == null).map(SdkMapper::project);
    }

    @Override
    public List<Branch> branches(String project, Deadline deadline) {
        return calls.call(
                "Listing branches of " + project,
                deadline,
                w -> {
                    var all = new ArrayList<Branch>();
                    w.postgres()
                            .listBranches(path(project))
                            .forEach(b -> all.add(SdkMapper.branch(project, b)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Optional<Branch> branch(String project, String branch, Deadline deadline) {
        if (!ResourceName.possible(branch)) {
            return Optional.empty();
        }
        return SdkCalls.found(
                        () ->
                                calls.call(
                                        "Branch " + branch + " of " + project,
                                        deadline,
                                        w ->
                                                SdkMapper.branch(
                                                        project,
                                                        w.postgres()
                                                                .getBranch(path(project, branch)))))
                // Deleted ones are still answered until they are purged.
                .filter(b -> !SdkBranches.deleted(b));
    }

    @Override
    public List<Endpoint> endpoints(String project, String branch, Deadline deadline) {
        return calls.call(
                "Listing endpoints of " + project + "/" + branch,
                deadline,
                w -> {
                    var all = new ArrayList<Endpoint>();
                    w.postgres()
                            .listEndpoints(path(project, branch))
                            .forEach(e -> all.add(SdkMapper.endpoint(project, branch, e)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Branch createBranch(NewBranch wanted, Deadline deadline, OperationProgress progress) {
        var what = "Creating branch " + wanted.id() + " of " + wanted.project();
        var request = request(wanted);
        progress.at("waiting for " + wanted.source() + " to be ready");
        Operations.until(what, deadline, () -> copyable(wanted, deadline));
        sending.change(
                what,
                deadline,
                progress,
                w -> w.postgres().createBranch(request).getName(),
                () -> branch(wanted.project(), wanted.id(), deadline).isPresent());
        // The operation may end while the compute still settles.
        progress.at("waiting for the endpoint of " + wanted.id());
        return settle(what, wanted.project(), wanted.id(), deadline);
    }

    private Branch settle(String what, String project, String branch, Deadline deadline) {
        Operations.until(what, deadline, () -> settled(what, project, branch, deadline));
        return branch(project, branch, deadline).orElseThrow(() -> vanished(what));
    }

    private boolean settled(String what, String project, String branch, Deadline deadline) {
        var now = branch(project, branch, deadline).orElseThrow(() -> vanished(what));
        var endpoints = endpoints(project, branch, deadline);
        return now.state().equals("READY")
                && !endpoints.isEmpty()
                && endpoints.stream().allMatch(Endpoint::settled);
    }

    /// One that is not there, or will never be ready, is for the service to refuse.
    private boolean copyable(NewBranch wanted, Deadline deadline) {
        return branch(wanted.project(), wanted.source(), deadline)
                .filter(b -> b.state().equals("INIT"))
                .isEmpty();
    }

    private static OpsException vanished(String what) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                what,
                "it vanished again: the service gave up on it or somebody deleted it",
                "create it again");
    }

    private static CreateBranchRequest request(NewBranch wanted) {
        var spec =
                SdkBranches.expiry(wanted.ttl())
                        .setSourceBranch(path(wanted.project(), wanted.source()))
                        .setIsProtected(wanted.isProtected());
        var at = wanted.at();
        if (at != null) {
            spec.setSourceBranchTime(SdkMapper.timestamp(at));
        }
        if (wanted.lsn() != null) {
            spec.setSourceBranchLsn(wanted.lsn());
        }
        return new CreateBranchRequest()
                .setParent(path(wanted.project()))
                .setBranchId(wanted.id())
                .setBranch(new com.databricks.sdk.service.postgres.Branch().setSpec(spec));
    }

    @Override
    public void deleteBranch(String project, String branch, Deadline deadline) {
        changes.delete(
                path(project, branch), deadline, () -> branch(project, branch, deadline).isEmpty());
    }

    @Override
    public List<Branch> deletedBranches(String project, Deadline deadline) {
        return changes.deleted(project, deadline);
    }

    @Override
    public void undeleteBranch(String project, String branch, Deadline deadline) {
        if (branch(project, branch, deadline).isEmpty()) {
            changes.undelete(
                    path(project, branch),
                    deadline,
                    () -> branch(project, branch, deadline).isPresent());
        }
    }

    @Override
    public void purgeBranch(String project, String branch, Deadline deadline) {
        changes.purge(project, branch, deadline);
    }

    @Override
    public void protectBranch(
            String project, String branch, boolean isProtected, Deadline deadline) {
        changes.protect(path(project, branch), isProtected, deadline);
    }

    @Override
    public void expireBranch(
            String project, String branch, @Nullable Duration ttl, Deadline deadline) {
        changes.expire(path(project, branch), ttl, deadline);
    }

    @Override
    public Project createProject(NewProject wanted, Deadline deadline, OperationProgress progress) {
        var what = "Creating project " + wanted.id();
        projects.create(
                wanted, deadline, progress, () -> project(wanted.id(), deadline).isPresent());
        progress.at("waiting for the endpoint of " + wanted.id());
        var made = project(wanted.id(), deadline).orElseThrow(() -> vanished(what));
        settle(what, made.id(), made.defaultBranch(), deadline);
        return made;
    }

    @Override
    public void deleteProject(String project, Deadline deadline) {
        projects.delete(project, deadline, () -> project(project, deadline).isEmpty());
    }

    @Override
    public Map<String, String> tags(String project, Deadline deadline) {
        return projects.tags(project, deadline);
    }

    @Override
    public void tagProject(String project, Map<String, String> tags, Deadline deadline) {
        projects.tag(project, tags, deadline);
    }

    @Override
    public EndpointConfig shape(Endpoint endpoint, Deadline deadline) {
        return computes.shape(endpoint, deadline);
    }

    @Override
    public void shapeEndpoint(
            String project, String branch, String id, EndpointConfig wanted, Deadline deadline) {
        var there =
                endpoints(project, branch, deadline).stream()
                        .filter(e -> e.id().equals(id))
                        .findFirst();
        if (there.isEmpty()) {
            computes.create(path(project, branch), id, wanted, deadline);
        } else if (!computes.shape(there.get(), deadline).equals(wanted)) {
            computes.update(there.get(), wanted, deadline);
        }
        settle("Settling endpoint " + id + " of " + branch, project, branch, deadline);
    }

    @Override
    public List<Role> roles(String project, String branch, Deadline deadline) {
        return computes.roles(path(project, branch), deadline);
    }

    @Override
    public void ensureRole(String project, String branch, Role wanted, Deadline deadline) {
        computes.ensure(path(project, branch), wanted, deadline);
    }

    @Override
    public UnityCatalog unity() {
        return unity;
    }

    @Override
    public WorkspaceListing listing() {
        return listing;
    }

    @Override
    public Credential credential(Endpoint endpoint, Deadline deadline) {
        var who = user();
        return calls.call(
                "Credential for " + endpoint.name(),
                deadline,
                w -> {
                    var made =
                            w.postgres()
                                    .generateDatabaseCredential(
                                            new GenerateDatabaseCredentialRequest()
                                                    .setEndpoint(endpoint.name()));
                    var expires = SdkMapper.instant(made.getExpireTime());
                    return new Credential(
                            who, made.getToken(), expires == null ? Instant.EPOCH : expires);
                });
    }

    private static String path(String project) {
        return ResourceName.project(project);
    }

    private static String path(String project, String branch) {
        return ResourceName.branch(project, branch);
    }
}
