package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.PatCredentialsProvider;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.postgres.BranchSpec;
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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

/// The control plane of one workspace, in the cloud or Local Lakebase, through the SDK.
public final class SdkControlPlane implements ControlPlane {
    /// The SDK's HTTP timeout; our own deadlines are shorter and end a call earlier.
    private static final int HTTP_TIMEOUT_SECONDS = 60;

    private static final Duration WHO_AM_I = Duration.ofSeconds(15);

    private final SdkCalls calls;
    private final Operations operations;
    private volatile @Nullable String user;

    private SdkControlPlane(Supplier<WorkspaceClient> client, ExecutorService background) {
        this.calls = new SdkCalls(client, background);
        this.operations = new Operations(calls);
    }

    /// By host and personal token: Local Lakebase, or a workspace without a profile.
    public static SdkControlPlane ofHost(
            String host, Supplier<String> token, ExecutorService background) {
        return new SdkControlPlane(
                () ->
                        client(
                                new DatabricksConfig()
                                        .setHost(host)
                                        .setToken(token.get())
                                        .setAuthType("pat")
                                        // The default chain asks the host about OAuth first.
                                        .setCredentialsProvider(new PatCredentialsProvider())),
                background);
    }

    /// By a profile of `~/.databrickscfg`: whatever login it names.
    public static SdkControlPlane ofProfile(String profile, ExecutorService background) {
        return new SdkControlPlane(
                () -> client(new DatabricksConfig().setProfile(profile)), background);
    }

    private static WorkspaceClient client(DatabricksConfig config) {
        return new WorkspaceClient(
                config.setHttpTimeoutSeconds(HTTP_TIMEOUT_SECONDS).setDisableRetries(true));
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
                            .forEach(p -> all.add(SdkShapes.project(p)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Optional<Project> project(String project, Deadline deadline) {
        return found(
                () ->
                        calls.call(
                                "Project " + project,
                                deadline,
                                w -> SdkShapes.project(w.postgres().getProject(path(project)))));
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
                            .forEach(b -> all.add(SdkShapes.branch(project, b)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Optional<Branch> branch(String project, String branch, Deadline deadline) {
        return found(
                () ->
                        calls.call(
                                "Branch " + branch + " of " + project,
                                deadline,
                                w ->
                                        SdkShapes.branch(
                                                project,
                                                w.postgres().getBranch(path(project, branch)))));
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
                            .forEach(e -> all.add(SdkShapes.endpoint(project, branch, e)));
                    return List.copyOf(all);
                });
    }

    @Override
    public Branch createBranch(NewBranch wanted, Deadline deadline, OperationProgress progress) {
        var what = "Creating branch " + wanted.id() + " of " + wanted.project();
        var operation = startBranch(wanted, deadline);
        operations.await(operation, what, deadline, progress);
        // The operation may end while the compute still settles.
        progress.at("waiting for the endpoint of " + wanted.id());
        Operations.until(what, deadline, () -> settled(wanted, deadline));
        return branch(wanted.project(), wanted.id(), deadline)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.CONFLICT,
                                        what,
                                        "it was deleted right after it was made",
                                        "create it again"));
    }

    private boolean settled(NewBranch wanted, Deadline deadline) {
        var endpoints = endpoints(wanted.project(), wanted.id(), deadline);
        return branch(wanted.project(), wanted.id(), deadline)
                        .filter(b -> b.state().equals("READY"))
                        .isPresent()
                && !endpoints.isEmpty()
                && endpoints.stream().allMatch(Endpoint::settled);
    }

    /// Asks for the branch and returns the operation's name, which can be kept and taken up again
    /// with [#await].
    public String startBranch(NewBranch wanted, Deadline deadline) {
        var spec =
                new BranchSpec()
                        .setSourceBranch(path(wanted.project(), wanted.source()))
                        .setIsProtected(wanted.isProtected());
        var ttl = wanted.ttl();
        if (ttl == null) {
            spec.setNoExpiry(true);
        } else {
            spec.setTtl(
                    com.google.protobuf.Duration.newBuilder().setSeconds(ttl.toSeconds()).build());
        }
        var at = wanted.at();
        if (at != null) {
            spec.setSourceBranchTime(SdkShapes.timestamp(at));
        }
        if (wanted.lsn() != null) {
            spec.setSourceBranchLsn(wanted.lsn());
        }
        var request =
                new CreateBranchRequest()
                        .setParent(path(wanted.project()))
                        .setBranchId(wanted.id())
                        .setBranch(new com.databricks.sdk.service.postgres.Branch().setSpec(spec));
        return calls.call(
                "Creating branch " + wanted.id() + " of " + wanted.project(),
                deadline,
                w -> w.postgres().createBranch(request).getName());
    }

    /// Waits for an operation started earlier, by this process or one before it.
    public void await(String operation, Deadline deadline, OperationProgress progress) {
        operations.await(operation, "Operation " + operation, deadline, progress);
    }

    @Override
    public void deleteBranch(String project, String branch, Deadline deadline) {
        delete(
                "Deleting branch " + branch + " of " + project,
                deadline,
                w -> w.postgres().deleteBranch(path(project, branch)).getName());
    }

    @Override
    public Endpoint createReader(NewReader wanted, Deadline deadline, OperationProgress progress) {
        var what = "Creating endpoint " + wanted.id() + " of branch " + wanted.branch();
        var branch = path(wanted.project(), wanted.branch());
        var request = SdkShapes.reader(branch, wanted);
        var operation =
                calls.call(what, deadline, w -> w.postgres().createEndpoint(request).getName());
        operations.await(operation, what, deadline, progress);
        progress.at("waiting for the standby of " + wanted.id());
        var name = branch + "/endpoints/" + wanted.id();
        Supplier<Endpoint> look =
                () ->
                        calls.call(
                                what,
                                deadline,
                                w ->
                                        SdkShapes.endpoint(
                                                wanted.project(),
                                                wanted.branch(),
                                                w.postgres().getEndpoint(name)));
        Operations.until(what, deadline, () -> look.get().settled());
        return look.get();
    }

    @Override
    public void deleteEndpoint(String project, String branch, String endpoint, Deadline deadline) {
        delete(
                "Deleting endpoint " + endpoint + " of branch " + branch,
                deadline,
                w ->
                        w.postgres()
                                .deleteEndpoint(path(project, branch) + "/endpoints/" + endpoint)
                                .getName());
    }

    private void delete(String what, Deadline deadline, Function<WorkspaceClient, String> start) {
        var started = new String[1];
        Operations.until(
                what, deadline, () -> (started[0] = startDelete(what, deadline, start)) != null);
        operations.await(started[0], what, deadline, _ -> {});
    }

    /// Null while a compute still settles: the service then says 409 reconciliation.
    private @Nullable String startDelete(
            String what, Deadline deadline, Function<WorkspaceClient, String> start) {
        try {
            return calls.call(what, deadline, start);
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.CONFLICT && e.why().contains("reconcil")) {
                return null;
            }
            throw e;
        }
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
                    var expires = SdkShapes.instant(made.getExpireTime());
                    return new Credential(
                            who, made.getToken(), expires == null ? Instant.EPOCH : expires);
                });
    }

    private static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String path(String project) {
        return "projects/" + project;
    }

    private static String path(String project, String branch) {
        return path(project) + "/branches/" + branch;
    }
}
