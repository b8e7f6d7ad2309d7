package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.CreateEndpointRequest;
import com.databricks.sdk.service.postgres.CreateRoleRequest;
import com.databricks.sdk.service.postgres.EndpointSettings;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.EndpointType;
import com.databricks.sdk.service.postgres.RoleAttributes;
import com.databricks.sdk.service.postgres.RoleAuthMethod;
import com.databricks.sdk.service.postgres.RoleIdentityType;
import com.databricks.sdk.service.postgres.RoleMembershipRole;
import com.databricks.sdk.service.postgres.RoleRoleSpec;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;
import com.databricks.sdk.service.postgres.UpdateRoleRequest;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.lakebase.ControlPlane.Role;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Endpoints and roles of a branch: what they are, and made to be what is wanted.
final class SdkComputes {
    private final SdkCalls calls;
    private final ConfirmedRequest sending;

    SdkComputes(SdkCalls calls, ConfirmedRequest sending) {
        this.calls = calls;
        this.sending = sending;
    }

    EndpointConfig shape(Endpoint e, Deadline deadline) {
        var settings =
                calls.call(
                        "Endpoint " + e.name(),
                        deadline,
                        w -> {
                            var status = w.postgres().getEndpoint(e.name()).getStatus();
                            var set = status == null ? null : status.getSettings();
                            return set == null || set.getPgSettings() == null
                                    ? Map.<String, String>of()
                                    : wanted(set.getPgSettings());
                        });
        return new EndpointConfig(
                e.readWrite(), e.minCu(), e.maxCu(), e.suspendAfter(), e.disabled(), settings);
    }

    /// Where an endpoint listens is told among its settings by Local Lakebase; nobody asked for it,
    /// and the next endpoint of that name listens elsewhere.
    private static Map<String, String> wanted(Map<String, String> reported) {
        var settings = new HashMap<>(reported);
        settings.remove("port");
        return Map.copyOf(settings);
    }

    void create(String branch, String id, EndpointConfig wanted, Deadline deadline) {
        var request =
                new CreateEndpointRequest()
                        .setParent(branch)
                        .setEndpointId(id)
                        .setEndpoint(body(wanted));
        sending.change(
                "Creating endpoint " + id + " of " + branch,
                deadline,
                _ -> {},
                w -> w.postgres().createEndpoint(request).getName(),
                () -> exists(branch + "/endpoints/" + id, deadline));
    }

    private boolean exists(String endpoint, Deadline deadline) {
        try {
            calls.call("Endpoint " + endpoint, deadline, w -> w.postgres().getEndpoint(endpoint));
            return true;
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    void update(Endpoint now, EndpointConfig wanted, Deadline deadline) {
        var paths = new ArrayList<String>();
        paths.add("spec.autoscaling_limit_min_cu");
        paths.add("spec.autoscaling_limit_max_cu");
        paths.add("spec.suspension");
        paths.add("spec.disabled");
        if (!wanted.settings().isEmpty()) {
            paths.add("spec.settings.pg_settings");
        }
        sending.change(
                "Shaping endpoint " + now.name(),
                deadline,
                _ -> {},
                w ->
                        w.postgres()
                                .updateEndpoint(
                                        new UpdateEndpointRequest()
                                                .setName(now.name())
                                                .setEndpoint(body(wanted))
                                                .setUpdateMask(
                                                        SdkProjects.mask(
                                                                paths.toArray(String[]::new))))
                                .getName(),
                // The same update twice does no harm, so nothing needs to be compared.
                () -> false);
    }

    private static com.databricks.sdk.service.postgres.Endpoint body(EndpointConfig wanted) {
        var spec =
                new EndpointSpec()
                        .setEndpointType(
                                wanted.readWrite()
                                        ? EndpointType.ENDPOINT_TYPE_READ_WRITE
                                        : EndpointType.ENDPOINT_TYPE_READ_ONLY)
                        .setAutoscalingLimitMinCu(wanted.minCu())
                        .setAutoscalingLimitMaxCu(wanted.maxCu())
                        .setDisabled(wanted.disabled());
        if (wanted.suspendAfter() == null) {
            spec.setNoSuspension(true);
        } else {
            spec.setSuspendTimeoutDuration(SdkMapper.proto(wanted.suspendAfter()));
        }
        if (!wanted.settings().isEmpty()) {
            spec.setSettings(new EndpointSettings().setPgSettings(wanted.settings()));
        }
        return new com.databricks.sdk.service.postgres.Endpoint().setSpec(spec);
    }

    List<Role> roles(String branch, Deadline deadline) {
        return raw(branch, deadline).stream().map(SdkComputes::role).toList();
    }

    private List<com.databricks.sdk.service.postgres.Role> raw(String branch, Deadline deadline) {
        return calls.call(
                "Listing roles of " + branch,
                deadline,
                w -> {
                    var all = new ArrayList<com.databricks.sdk.service.postgres.Role>();
                    w.postgres().listRoles(branch).forEach(all::add);
                    return List.copyOf(all);
                });
    }

    void ensure(String branch, Role wanted, Deadline deadline) {
        var there = find(branch, wanted.name(), deadline);
        if (there.isPresent() && role(there.get()).equals(wanted)) {
            return;
        }
        var body =
                new com.databricks.sdk.service.postgres.Role()
                        .setSpec(spec(wanted, there.isEmpty()));
        sending.change(
                "Role " + wanted.name() + " of " + branch,
                deadline,
                _ -> {},
                w ->
                        there.isEmpty()
                                ? w.postgres()
                                        .createRole(
                                                new CreateRoleRequest()
                                                        .setParent(branch)
                                                        .setRole(body))
                                        .getName()
                                : w.postgres()
                                        .updateRole(
                                                new UpdateRoleRequest()
                                                        .setName(there.get().getName())
                                                        .setRole(body)
                                                        .setUpdateMask(
                                                                SdkProjects.mask(
                                                                        "spec.attributes.createdb",
                                                                        "spec.attributes.createrole",
                                                                        "spec.attributes.bypassrls",
                                                                        "spec.membership_roles")))
                                        .getName(),
                () -> find(branch, wanted.name(), deadline).isPresent());
    }

    private Optional<com.databricks.sdk.service.postgres.Role> find(
            String branch, String name, Deadline deadline) {
        return raw(branch, deadline).stream().filter(r -> role(r).name().equals(name)).findFirst();
    }

    private static RoleRoleSpec spec(Role r, boolean fresh) {
        var spec =
                new RoleRoleSpec()
                        .setAttributes(
                                new RoleAttributes()
                                        .setCreatedb(r.createDb())
                                        .setCreaterole(r.createRole())
                                        .setBypassrls(r.bypassRls()))
                        .setMembershipRoles(
                                r.superuser()
                                        ? List.of(RoleMembershipRole.DATABRICKS_SUPERUSER)
                                        : List.of());
        if (fresh) {
            spec.setPostgresRole(r.name());
            if (r.identity() != null) {
                spec.setIdentityType(RoleIdentityType.valueOf(r.identity()));
            }
            if (r.login() != null) {
                spec.setAuthMethod(RoleAuthMethod.valueOf(r.login()));
            }
        }
        return spec;
    }

    private static Role role(com.databricks.sdk.service.postgres.Role r) {
        var s = Objects.requireNonNull(r.getStatus(), "role status");
        var a = s.getAttributes();
        var members = s.getMembershipRoles();
        return new Role(
                s.getPostgresRole(),
                word(s.getIdentityType()),
                word(s.getAuthMethod()),
                a != null && Boolean.TRUE.equals(a.getCreatedb()),
                a != null && Boolean.TRUE.equals(a.getCreaterole()),
                a != null && Boolean.TRUE.equals(a.getBypassrls()),
                members != null && members.contains(RoleMembershipRole.DATABRICKS_SUPERUSER));
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
