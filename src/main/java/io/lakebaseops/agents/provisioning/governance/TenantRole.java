package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Doc;

/// A role that stands for a tenant. A role may stand for several, a tenant may have several.
public record TenantRole(
        @Doc("Value of the tenant column, as text") String tenant,
        @Doc("Role whose members see this tenant's rows") String role) {
    public TenantRole {
        if (tenant.isEmpty() || role.isEmpty()) {
            throw new IllegalArgumentException("a tenant needs a value and a role");
        }
    }
}
