package io.lakebaseops.local.api;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.UpdateMetastore;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.iam.CreateAccountGroupRequest;
import com.databricks.sdk.service.iam.CreateGroupRequest;
import com.databricks.sdk.service.postgres.Catalog;
import com.databricks.sdk.service.postgres.CatalogCatalogSpec;
import com.databricks.sdk.service.postgres.CreateCatalogRequest;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a workspace's administrator does in Unity Catalog, through the unmodified SDK.
public record UnityRig(SdkFixture sdk) {
    private static final String ACCOUNT = "00000000-0000-4000-8000-000000000001";

    /// As an account's administrator makes them: known to Unity Catalog.
    public void accountGroup(String name) {
        new AccountClient(
                        new DatabricksConfig()
                                .setHost(sdk.lakebase().host())
                                .setToken(sdk.lakebase().token())
                                .setAccountId(ACCOUNT)
                                .setAuthType("pat")
                                .setDisableRetries(true))
                .groupsV2()
                .create(new CreateAccountGroupRequest().setDisplayName(name));
    }

    public void workspaceGroup(String name) {
        sdk.client().groupsV2().create(new CreateGroupRequest().setDisplayName(name));
    }

    /// The name of the operation.
    public String create(String id, @Nullable String branch, @Nullable String database) {
        return create(id, branch, database, null);
    }

    public String create(
            String id,
            @Nullable String branch,
            @Nullable String database,
            @Nullable Boolean createDatabase) {
        var spec =
                new CatalogCatalogSpec()
                        .setBranch(branch)
                        .setPostgresDatabase(database)
                        .setCreateDatabaseIfMissing(createDatabase);
        return sdk.postgres()
                .createCatalog(
                        new CreateCatalogRequest()
                                .setCatalogId(id)
                                .setCatalog(new Catalog().setSpec(spec)))
                .getName();
    }

    /// Principal → privileges, as anyone may read them.
    public Map<String, List<String>> grants(String catalog) {
        var found = new TreeMap<String, List<String>>();
        Collection<PrivilegeAssignment> all =
                sdk.client().grants().get("catalog", catalog).getPrivilegeAssignments();
        for (var one : all == null ? List.<PrivilegeAssignment>of() : all) {
            found.put(
                    one.getPrincipal(),
                    one.getPrivileges().stream()
                            .map(Privilege::name)
                            .sorted()
                            .collect(Collectors.toList()));
        }
        return found;
    }

    public void grant(String type, String name, String principal, Privilege... privileges) {
        change(
                type,
                name,
                new PermissionsChange().setPrincipal(principal).setAdd(List.of(privileges)));
    }

    public void revoke(String type, String name, String principal, Privilege... privileges) {
        change(
                type,
                name,
                new PermissionsChange().setPrincipal(principal).setRemove(List.of(privileges)));
    }

    private void change(String type, String name, PermissionsChange change) {
        sdk.client()
                .grants()
                .update(
                        new UpdatePermissions()
                                .setSecurableType(type)
                                .setFullName(name)
                                .setChanges(List.of(change)));
    }

    public String metastore() {
        return sdk.client().metastores().summary().getMetastoreId();
    }

    /// From then on the caller may do in it only what he was granted before.
    public void handOverMetastore(String owner) {
        sdk.client().metastores().update(new UpdateMetastore().setId(metastore()).setOwner(owner));
    }
}
