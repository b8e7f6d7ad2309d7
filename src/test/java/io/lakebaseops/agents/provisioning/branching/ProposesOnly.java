package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.UnityCatalog;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A control plane through which nothing may be changed: tools only propose.
abstract class ProposesOnly implements ControlPlane {
    private static AssertionError not() {
        return new AssertionError("a tool only proposes");
    }

    @Override
    public Branch createBranch(NewBranch wanted, Deadline d, OperationProgress progress) {
        throw not();
    }

    @Override
    public void deleteBranch(String project, String branch, Deadline deadline) {
        throw not();
    }

    @Override
    public List<Branch> deletedBranches(String project, Deadline deadline) {
        return List.of();
    }

    @Override
    public void undeleteBranch(String project, String branch, Deadline deadline) {
        throw not();
    }

    @Override
    public void purgeBranch(String project, String branch, Deadline deadline) {
        throw not();
    }

    @Override
    public void protectBranch(String project, String branch, boolean on, Deadline deadline) {
        throw not();
    }

    @Override
    public void expireBranch(
            String project, String branch, @Nullable Duration ttl, Deadline deadline) {
        throw not();
    }

    @Override
    public Project createProject(NewProject wanted, Deadline d, OperationProgress progress) {
        throw not();
    }

    @Override
    public void deleteProject(String project, Deadline deadline) {
        throw not();
    }

    @Override
    public Map<String, String> tags(String project, Deadline deadline) {
        throw not();
    }

    @Override
    public void tagProject(String project, Map<String, String> tags, Deadline deadline) {
        throw not();
    }

    @Override
    public EndpointConfig shape(Endpoint endpoint, Deadline deadline) {
        throw not();
    }

    @Override
    public void shapeEndpoint(
            String project, String branch, String id, EndpointConfig wanted, Deadline deadline) {
        throw not();
    }

    @Override
    public List<Role> roles(String project, String branch, Deadline deadline) {
        throw not();
    }

    @Override
    public void ensureRole(String project, String branch, Role wanted, Deadline deadline) {
        throw not();
    }

    @Override
    public Credential credential(Endpoint endpoint, Deadline deadline) {
        throw not();
    }

    @Override
    public UnityCatalog unity() {
        throw not();
    }
}
