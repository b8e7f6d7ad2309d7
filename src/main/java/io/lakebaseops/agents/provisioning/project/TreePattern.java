package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.agents.provisioning.branching.BranchName;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The six branch trees that a project can begin with. Six trees for six ways to work; parents come
/// before their children, and no branch that gets children has an end.
public enum TreePattern {
    /// A developer's changes go straight to production.
    SIMPLE_DEV_PROD,
    /// production → staging → development.
    MULTI_ENV_PIPELINE,
    /// Each developer has a branch of development, for a week at a time.
    PER_DEVELOPER,
    /// staging only; pull requests bring their own branches.
    CI_EPHEMERAL,
    /// A project of its own for each tenant, with a staging to try changes on.
    TENANT_PER_PROJECT,
    /// One project, a schema for each tenant.
    TENANT_PER_SCHEMA;

    static final String ROOT = "production";
    private static final String STAGING = "staging";
    private static final String DEVELOPMENT = "development";

    /// @param ttl null = no expiry
    record Node(String branch, String source, @Nullable Duration ttl) {}

    /// The branches beside production.
    List<Node> nodes(List<String> developers, BranchPolicy policy) {
        var nodes = new ArrayList<Node>();
        switch (this) {
            case SIMPLE_DEV_PROD -> nodes.add(lasting(DEVELOPMENT, ROOT));
            case MULTI_ENV_PIPELINE, TENANT_PER_SCHEMA -> {
                nodes.add(lasting(STAGING, ROOT));
                nodes.add(lasting(DEVELOPMENT, STAGING));
            }
            case PER_DEVELOPER -> {
                nodes.add(lasting(DEVELOPMENT, ROOT));
                developers.forEach(d -> nodes.add(developer(d, policy)));
            }
            case CI_EPHEMERAL, TENANT_PER_PROJECT -> nodes.add(lasting(STAGING, ROOT));
        }
        return nodes;
    }

    public boolean needsTenants() {
        return this == TENANT_PER_PROJECT || this == TENANT_PER_SCHEMA;
    }

    private static Node lasting(String branch, String source) {
        return new Node(branch, source, null);
    }

    private static Node developer(String name, BranchPolicy policy) {
        var branch = BranchName.of(name, "dev", policy);
        var type = policy.types().get(branch.type());
        return new Node(branch.value(), DEVELOPMENT, type == null ? null : type.ttl());
    }
}
