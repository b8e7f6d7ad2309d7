package io.lakebaseops.local.api;

import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.DatabaseRow;
import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.compute.ComputeHost.DatabaseSpec;
import io.lakebaseops.local.compute.ComputeHost.RoleSpec;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes over roles and databases that were made, changed or dropped by SQL. A sleeping compute is
/// not woken to be asked.
record CatalogReconciler(ApiContext plane) {

    void refresh(String branch) {
        BranchRow row = plane.read(s -> s.liveBranch(branch));
        List<EndpointRow> endpoints = plane.read(s -> s.endpointsOf(branch));
        if (row.state() != BranchRow.State.READY || endpoints.stream().noneMatch(this::awake)) {
            return;
        }
        List<RoleSpec> roles =
                plane.room().roles(row.uid()).stream().map(CatalogReconciler::asShown).toList();
        Set<String> names = roles.stream().map(RoleSpec::name).collect(Collectors.toSet());
        List<DatabaseSpec> databases =
                plane.room().databases(row.uid()).stream()
                        .filter(d -> names.contains(d.owner()))
                        .toList();
        if (plane.read(s -> differs(s, branch, roles, databases))) {
            plane.workspace()
                    .alter(
                            s -> {
                                roles(s, branch, roles, plane.now());
                                databases(s, branch, databases, plane.now());
                            });
        }
    }

    private boolean awake(EndpointRow endpoint) {
        return !endpoint.readOnly()
                && plane.computes().pending(endpoint).isEmpty()
                && plane.computes().current(endpoint).equals("ACTIVE");
    }

    /// The API shows one membership only.
    private static RoleSpec asShown(RoleSpec spec) {
        return new RoleSpec(
                spec.name(),
                spec.login(),
                spec.createDb(),
                spec.createRole(),
                spec.bypassRls(),
                spec.memberOf().stream().filter(RoleRow.SUPERUSER::equals).toList());
    }

    private static boolean differs(
            State state, String branch, List<RoleSpec> roles, List<DatabaseSpec> databases) {
        Set<RoleSpec> known = new HashSet<>();
        state.rolesOf(branch).forEach(r -> known.add(r.spec()));
        Set<DatabaseSpec> there = new HashSet<>();
        state.databasesOf(branch)
                .forEach(d -> there.add(new DatabaseSpec(d.postgresDatabase(), owner(state, d))));
        return !known.equals(new HashSet<>(roles)) || !there.equals(new HashSet<>(databases));
    }

    private static void roles(State state, String branch, List<RoleSpec> found, Instant now) {
        Map<String, RoleSpec> specs = byName(found, RoleSpec::name);
        Set<String> known = new HashSet<>();
        for (RoleRow row : state.rolesOf(branch)) {
            RoleSpec spec = specs.get(row.postgresRole());
            if (spec == null) {
                state.roles().remove(row.name());
            } else {
                known.add(spec.name());
                state.roles().put(row.name(), row.spec().equals(spec) ? row : row.as(spec, now));
            }
        }
        found.stream()
                .filter(spec -> !known.contains(spec.name()))
                .map(spec -> RoleRow.found(branch, spec, now))
                .forEach(row -> state.roles().putIfAbsent(row.name(), row));
    }

    private static void databases(
            State state, String branch, List<DatabaseSpec> found, Instant now) {
        Map<String, DatabaseSpec> specs = byName(found, DatabaseSpec::name);
        Map<String, RoleRow> owners = byName(state.rolesOf(branch), RoleRow::postgresRole);
        Set<String> known = new HashSet<>();
        for (DatabaseRow row : state.databasesOf(branch)) {
            DatabaseSpec spec = specs.get(row.postgresDatabase());
            RoleRow owner = spec == null ? null : owners.get(spec.owner());
            known.add(row.postgresDatabase());
            if (spec == null) {
                state.databases().remove(row.name());
            } else if (owner != null && !owner.name().equals(row.role())) {
                state.databases().put(row.name(), row.with(spec.name(), owner.name(), now));
            }
        }
        for (DatabaseSpec spec : found) {
            RoleRow owner = owners.get(spec.owner());
            if (owner != null && !known.contains(spec.name())) {
                String id = Names.idFrom("database", spec.name());
                DatabaseRow row = new DatabaseRow(branch, id, now, now, spec.name(), owner.name());
                state.databases().putIfAbsent(row.name(), row);
            }
        }
    }

    private static String owner(State state, DatabaseRow row) {
        RoleRow owner = state.roles().get(row.role());
        return owner == null ? "" : owner.postgresRole();
    }

    private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, Function.identity(), (a, _) -> a));
    }
}
