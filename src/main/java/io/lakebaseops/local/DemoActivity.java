package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.DemoProgress.Phase;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.billing.UsageFiles;
import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.local.demo.DemoWorkload;
import io.lakebaseops.local.demo.PastBills;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Loading and workload of the demo project while the server runs. The data are loaded once, then
/// the workload keeps it busy. It logs in like any client, with credentials of the control plane.
final class DemoActivity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoActivity.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final ApiCaller api;
    private final String url;
    private final String user;
    private final LocalOptions options;
    private final Thread thread;
    private final long began = System.nanoTime();
    private volatile DemoProgress progress = new DemoProgress(Phase.LOADING, Duration.ZERO, null);
    private volatile @Nullable DemoWorkload workload;
    private volatile boolean closing;

    /// @param endpoint as the control plane shows it, with its host
    /// @param ca file with the certificate that verifies the endpoint
    DemoActivity(ApiCaller api, JsonNode endpoint, Path ca, String user, LocalOptions options) {
        this.api = api;
        JsonNode hosts = endpoint.path("status").path("hosts");
        this.url =
                "jdbc:postgresql://%s:%d/databricks_postgres?sslmode=verify-full&sslrootcert=%s"
                        .formatted(
                                hosts.path("host").asText(),
                                hosts.path("port").asInt(),
                                URLEncoder.encode(ca.toString(), StandardCharsets.UTF_8));
        this.user = user;
        this.options = options;
        this.thread = Thread.ofVirtual().name("local-demo").start(this::run);
    }

    DemoProgress progress() {
        DemoProgress now = progress;
        return now.phase() == Phase.LOADING
                ? new DemoProgress(Phase.LOADING, Duration.ofNanos(System.nanoTime() - began), null)
                : now;
    }

    /// Empty until the data are there, or when none was asked for.
    Optional<DemoWorkload> workload() {
        return Optional.ofNullable(workload);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workload().ifPresent(DemoWorkload::close);
    }

    /// The boundary of the demo's thread: the server goes on without its demo.
    private void run() {
        options.beforeDemo().run();
        bills();
        try (Connection connection = DriverManager.getConnection(url, user, password())) {
            Duration took = Duration.ZERO;
            if (!DemoShop.isLoaded(connection)) {
                took = DemoShop.load(connection, options.demo().size());
            }
            progress = new DemoProgress(Phase.READY, took, null);
        } catch (SQLException | RuntimeException e) {
            if (closing) {
                LOG.debug("the demo's data were being loaded when the server stopped", e);
                return;
            }
            LOG.warn("the demo's data could not be loaded", e);
            Duration spent = Duration.ofNanos(System.nanoTime() - began);
            progress = new DemoProgress(Phase.FAILED, spent, String.valueOf(e.getMessage()));
            return;
        }
        if (options.workload() && !closing) {
            DemoWorkload busy =
                    new DemoWorkload(url, user, this::password, DemoWorkload.DEFAULT_RATE);
            workload = busy;
            busy.start();
        }
    }

    /// A failure costs the demo its bills and nothing else.
    private void bills() {
        try {
            String branch = "/api/2.0/postgres/" + DemoProject.PROJECT + "/branches/production";
            PastBills.write(
                    new UsageFiles(options.dir().toAbsolutePath().normalize()),
                    api.get("/api/2.0/postgres/" + DemoProject.PROJECT).path("uid").asText(),
                    api.get(branch).path("uid").asText(),
                    options.clock().instant());
        } catch (RuntimeException e) {
            LOG.warn("the demo has no bills of earlier days", e);
        }
    }

    private String password() {
        var body = Json.object().put("endpoint", DemoProject.ENDPOINT);
        return api.post("/api/2.0/postgres/credentials", body).path("token").asText();
    }
}
