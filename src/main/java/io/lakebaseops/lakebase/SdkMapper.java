package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.EndpointStatus;
import com.google.protobuf.Timestamp;

import io.lakebaseops.domain.Loopback;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.Project;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Translates the service's messages into our records. The service answers with `status` only and
/// names resources by path; enum values the SDK does not know arrive as null.
final class SdkMapper {
    static final String DELETED = "DELETED";

    private static final int POSTGRES_PORT = 5432;

    private SdkMapper() {}

    static Project project(com.databricks.sdk.service.postgres.Project p) {
        var s = Objects.requireNonNull(p.getStatus(), "project status");
        var kept = duration(s.getHistoryRetentionDuration());
        return new Project(
                leaf(p.getName()),
                or(p.getUid(), ""),
                or(s.getDisplayName(), leaf(p.getName())),
                s.getDefaultBranch() == null ? "" : leaf(s.getDefaultBranch()),
                kept == null ? Duration.ZERO : kept,
                or(instant(p.getCreateTime()), Instant.EPOCH));
    }

    static Branch branch(String project, com.databricks.sdk.service.postgres.Branch b) {
        var s = Objects.requireNonNull(b.getStatus(), "branch status");
        return new Branch(
                project,
                leaf(b.getName()),
                or(b.getUid(), ""),
                s.getDeleteTime() != null
                        ? DELETED
                        : s.getCurrentState() == null ? "UNKNOWN" : s.getCurrentState().name(),
                Boolean.TRUE.equals(s.getDefault()),
                Boolean.TRUE.equals(s.getIsProtected()),
                s.getSourceBranch() == null ? null : leaf(s.getSourceBranch()),
                instant(s.getExpireTime()),
                or(s.getLogicalSizeBytes(), 0L),
                or(instant(b.getCreateTime()), Instant.EPOCH),
                instant(s.getDeleteTime()),
                instant(s.getSourceBranchTime()));
    }

    static Endpoint endpoint(
            String project, String branch, com.databricks.sdk.service.postgres.Endpoint e) {
        var s = Objects.requireNonNull(e.getStatus(), "endpoint status");
        var address = s.getHosts() == null ? null : s.getHosts().getHost();
        return new Endpoint(
                project,
                branch,
                leaf(e.getName()),
                e.getName(),
                String.valueOf(s.getEndpointType()).endsWith("READ_WRITE"),
                s.getCurrentState() == null ? "UNKNOWN" : s.getCurrentState().name(),
                s.getPendingState() == null,
                Boolean.TRUE.equals(s.getDisabled()),
                address,
                address == null ? POSTGRES_PORT : port(address, s),
                or(s.getAutoscalingLimitMinCu(), 0.0),
                or(s.getAutoscalingLimitMaxCu(), 0.0),
                duration(s.getSuspendTimeoutDuration()),
                instant(s.getLastActiveTime()));
    }

    /// The cloud's endpoints all listen on one port, so the API names none. Those of this machine
    /// have one each, told as the server's setting `port`; elsewhere nobody may name another.
    private static int port(String host, EndpointStatus status) {
        var settings = status.getSettings() == null ? null : status.getSettings().getPgSettings();
        var port = settings == null || !Loopback.host(host) ? null : settings.get("port");
        try {
            return port == null ? POSTGRES_PORT : Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Reading the port of the endpoint at " + host,
                    "not a port: " + port,
                    "",
                    e);
        }
    }

    static String leaf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static @Nullable Instant instant(@Nullable Timestamp t) {
        return t == null ? null : Instant.ofEpochSecond(t.getSeconds(), t.getNanos());
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static @Nullable Duration duration(com.google.protobuf.@Nullable Duration d) {
        return d == null ? null : Duration.ofSeconds(d.getSeconds(), d.getNanos());
    }

    static com.google.protobuf.Duration proto(Duration d) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(d.getSeconds())
                .setNanos(d.getNano())
                .build();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
