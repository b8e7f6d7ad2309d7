package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that exists in the workspace right now. Maps from full resource name to row; only
/// `Workspace` hands it out, under its lock, so that a look and a change always see one moment.
public record State(
        Map<String, ProjectRow> projects,
        Map<String, BranchRow> branches,
        Map<String, EndpointRow> endpoints,
        Map<String, RoleRow> roles,
        Map<String, DatabaseRow> databases,
        Map<String, OperationRow> operations,
        Unity unity) {
    public State {
        projects = copy(projects);
        branches = copy(branches);
        endpoints = copy(endpoints);
        roles = copy(roles);
        databases = copy(databases);
        operations = copy(operations);
        // A file written before there were catalogs has none.
        unity = unity == null ? Unity.empty() : unity;
    }

    public static State empty() {
        return new State(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Unity.empty());
    }

    /// To be changed while this one stays as it is; the rows never change.
    State copy() {
        return new State(
                projects,
                branches,
                endpoints,
                roles,
                databases,
                operations,
                new Unity(unity.catalogs(), unity.groups(), unity.owners(), unity.grants()));
    }

    private static <T> Map<String, T> copy(@Nullable Map<String, T> map) {
        return map == null ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
    }

    /// The project, also while it can be undeleted.
    public ProjectRow project(String name) {
        return found("project", projects.get(name));
    }

    public ProjectRow liveProject(String name) {
        ProjectRow row = project(name);
        if (!row.live()) {
            throw Refusal.missing("project");
        }
        return row;
    }

    /// The branch, also while it can be undeleted; its project must be there.
    public BranchRow branch(String name) {
        liveProject(Names.parent(name));
        return found("branch", branches.get(name));
    }

    public BranchRow liveBranch(String name) {
        BranchRow row = branch(name);
        if (!row.live()) {
            throw Refusal.missing("branch");
        }
        return row;
    }

    public EndpointRow endpoint(String name) {
        liveBranch(Names.parent(name));
        return found("endpoint", endpoints.get(name));
    }

    public RoleRow role(String name) {
        liveBranch(Names.parent(name));
        return found("role", roles.get(name));
    }

    public DatabaseRow database(String name) {
        liveBranch(Names.parent(name));
        return found("database", databases.get(name));
    }

    public CatalogRow catalog(String name) {
        return found("catalog", unity().catalogs().get(name));
    }

    public List<BranchRow> branchesOf(String project) {
        String prefix = project + "/branches/";
        return branches.values().stream().filter(b -> b.name().startsWith(prefix)).toList();
    }

    public List<BranchRow> childrenOf(String branch) {
        return branches.values().stream()
                .filter(b -> b.live() && branch.equals(b.source()))
                .toList();
    }

    public List<EndpointRow> endpointsOf(String branch) {
        return endpoints.values().stream().filter(e -> e.branch().equals(branch)).toList();
    }

    public List<RoleRow> rolesOf(String branch) {
        return roles.values().stream().filter(r -> r.branch().equals(branch)).toList();
    }

    public List<DatabaseRow> databasesOf(String branch) {
        return databases.values().stream().filter(d -> d.branch().equals(branch)).toList();
    }

    /// Forgets the branch and all that lives in it.
    public void forgetBranch(String name) {
        branches.remove(name);
        String below = name + "/";
        endpoints.keySet().removeIf(n -> n.startsWith(below));
        roles.keySet().removeIf(n -> n.startsWith(below));
        databases.keySet().removeIf(n -> n.startsWith(below));
    }

    private static <T> T found(String kind, @Nullable T row) {
        if (row == null) {
            throw Refusal.missing(kind);
        }
        return row;
    }
}
