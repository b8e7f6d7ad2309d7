package io.lakebaseops.local.api;

import static org.awaitility.Awaitility.await;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.postgres.Branch;
import com.databricks.sdk.service.postgres.BranchSpec;
import com.databricks.sdk.service.postgres.CreateBranchRequest;
import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.EndpointStatus;
import com.databricks.sdk.service.postgres.GenerateDatabaseCredentialRequest;
import com.databricks.sdk.service.postgres.Operation;
import com.databricks.sdk.service.postgres.PostgresAPI;
import com.databricks.sdk.service.postgres.Project;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;
import com.google.protobuf.FieldMask;

import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.LocalOptions.Demo;
import io.lakebaseops.local.api.work.OperationDelay;
import io.lakebaseops.local.compute.ComputeHostOptions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;

/// A Local Lakebase on real computes, and the unmodified SDK talking to it.
public final class SdkFixture implements AutoCloseable {
    public static final OperationDelay FAST =
            new OperationDelay(Duration.ofMillis(40), Duration.ofMillis(60), Duration.ofMillis(50));

    private final SettableClock clock = new SettableClock();
    private final Path home;
    private final LocalLakebase lakebase;
    private final WorkspaceClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    public SdkFixture(Path dir) {
        this(dir, UnaryOperator.identity());
    }

    public SdkFixture(Path dir, UnaryOperator<LocalOptions> more) {
        home = dir;
        lakebase = LocalLakebase.start(more.apply(options(dir).withClock(clock)));
        client = client(lakebase.host(), lakebase.token());
    }

    public static LocalOptions options(Path dir) {
        return LocalOptions.defaults()
                .withDir(dir)
                .withDemo(Demo.NONE, false)
                .withPace(FAST)
                .withSuspendFloor(Duration.ofSeconds(1))
                .withRoom(
                        ComputeHostOptions.defaults()
                                .withFsync(false)
                                .withStartTimeout(Duration.ofMinutes(2)));
    }

    /// Without the SDK's own retries, so that a test sees the first answer.
    public static WorkspaceClient client(String host, String token) {
        return new WorkspaceClient(
                new DatabricksConfig()
                        .setHost(host)
                        .setToken(token)
                        .setAuthType("pat")
                        .setDisableRetries(true));
    }

    public WorkspaceClient client() {
        return client;
    }

    public PostgresAPI postgres() {
        return client.postgres();
    }

    public LocalLakebase lakebase() {
        return lakebase;
    }

    public SettableClock clock() {
        return clock;
    }

    /// A settled project with its implicit branch and endpoint.
    public String project(String id) {
        done(
                postgres()
                        .createProject(
                                new CreateProjectRequest()
                                        .setProjectId(id)
                                        .setProject(new Project()))
                        .getName());
        settled("projects/" + id + "/branches/production/endpoints/primary");
        return "projects/" + id;
    }

    /// A settled branch of the project's default branch.
    public String branch(String project, String id, BranchSpec spec) {
        done(create(project, id, spec));
        settled(project + "/branches/" + id + "/endpoints/primary");
        return project + "/branches/" + id;
    }

    public String create(String project, String id, BranchSpec spec) {
        return postgres()
                .createBranch(
                        new CreateBranchRequest()
                                .setParent(project)
                                .setBranchId(id)
                                .setBranch(new Branch().setSpec(spec)))
                .getName();
    }

    public static BranchSpec lasting() {
        return new BranchSpec().setNoExpiry(true);
    }

    public static BranchSpec expiring(Duration ttl) {
        return new BranchSpec()
                .setTtl(
                        com.google.protobuf.Duration.newBuilder()
                                .setSeconds(ttl.toSeconds())
                                .build());
    }

    /// Waits for the operation's end, whatever it is.
    public Operation ended(String operation) {
        return await().pollInterval(Duration.ofMillis(15))
                .atMost(Duration.ofSeconds(60))
                .until(() -> postgres().getOperation(operation), o -> o.getDone());
    }

    /// Waits for the operation's good end.
    public void done(String operation) {
        Operation end = ended(operation);
        if (end.getError() != null) {
            throw new AssertionError(operation + " failed: " + end.getError().getMessage());
        }
    }

    public Endpoint settled(String endpoint) {
        return await().pollInterval(Duration.ofMillis(15))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> postgres().getEndpoint(endpoint),
                        e -> e.getStatus().getPendingState() == null);
    }

    /// Until closed, no operation that needs the server of this branch ends.
    public PausedServer paused(String branch) {
        return PausedServer.of(home, postgres().getBranch(branch).getUid());
    }

    /// Stops or starts the endpoint's compute and waits until it has.
    public void disable(String endpoint, boolean off) {
        done(
                postgres()
                        .updateEndpoint(
                                new UpdateEndpointRequest()
                                        .setName(endpoint)
                                        .setEndpoint(
                                                new Endpoint()
                                                        .setSpec(
                                                                new EndpointSpec()
                                                                        .setDisabled(off)))
                                        .setUpdateMask(
                                                FieldMask.newBuilder()
                                                        .addPaths("spec.disabled")
                                                        .build()))
                        .getName());
        settled(endpoint);
    }

    public String token(String endpoint) {
        return postgres()
                .generateDatabaseCredential(
                        new GenerateDatabaseCredentialRequest().setEndpoint(endpoint))
                .getToken();
    }

    public Connection connect(String endpoint, String password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", lakebase.user());
        login.setProperty("password", password);
        login.setProperty("sslmode", "disable");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address(endpoint) + "/databricks_postgres", login);
    }

    /// Host and port, as a client of the SDK finds them.
    public String address(String endpoint) {
        EndpointStatus status = postgres().getEndpoint(endpoint).getStatus();
        String port = status.getSettings().getPgSettings().get("port");
        return status.getHosts().getHost() + ":" + port;
    }

    /// A bare HTTP call with the right token.
    public HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, body, "Bearer " + lakebase.token());
    }

    public HttpResponse<String> call(String method, String path, String body, String auth) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(lakebase.host() + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, BodyPublishers.ofString(body));
        if (!auth.isEmpty()) {
            request.header("Authorization", auth);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void fault(String json) {
        if (call("POST", "/__local/faults", json).statusCode() != 200) {
            throw new AssertionError("fault not taken: " + json);
        }
    }

    @Override
    public void close() {
        http.close();
        lakebase.close();
    }
}
