package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CatalogType;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.postgres.Catalog;
import com.databricks.sdk.service.postgres.CatalogCatalogSpec;
import com.databricks.sdk.service.postgres.CreateCatalogRequest;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Unity Catalog of one workspace, in the cloud or Local Lakebase, through the SDK.
final class SdkUnityCatalog implements UnityCatalog {
    /// So many registrations are looked through; a metastore may hold thousands.
    private static final int MOST_LOOKS = 200;

    private final SdkCalls calls;
    private final ConfirmedRequest sending;
    private final SdkGrants grants;

    SdkUnityCatalog(SdkCalls calls, ConfirmedRequest sending) {
        this.calls = calls;
        this.sending = sending;
        this.grants = new SdkGrants(calls);
    }

    @Override
    public Optional<Registration> registration(String catalog, Deadline deadline) {
        return SdkCalls.found(
                () ->
                        calls.call(
                                "Registration of catalog " + catalog,
                                deadline,
                                w -> registration(w, catalog)));
    }

    private static Registration registration(WorkspaceClient w, String catalog) {
        var status = w.postgres().getCatalog("catalogs/" + catalog).getStatus();
        var branch = status.getBranch();
        var project = branch.substring(0, branch.indexOf("/branches/"));
        return new Registration(
                catalog,
                SdkMapper.leaf(project),
                SdkMapper.leaf(branch),
                status.getPostgresDatabase());
    }

    @Override
    public Optional<Entry> entry(String catalog, Deadline deadline) {
        return SdkCalls.found(
                () ->
                        calls.call(
                                "Catalog " + catalog,
                                deadline,
                                w -> entry(w.catalogs().get(catalog))));
    }

    private static Entry entry(CatalogInfo info) {
        var type = info.getCatalogType();
        return new Entry(info.getName(), info.getOwner(), type == null ? null : type.name());
    }

    @Override
    public List<Registration> registrations(Deadline deadline) {
        var names =
                calls.call(
                        "Listing catalogs",
                        deadline,
                        w -> {
                            var found = new ArrayList<String>();
                            for (var c : w.catalogs().list(new ListCatalogsRequest())) {
                                if (mayBeOurs(c) && found.size() < MOST_LOOKS) {
                                    found.add(c.getName());
                                }
                            }
                            return found;
                        });
        return names.stream()
                .map(n -> registration(n, deadline))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The service's word for databases of Lakebase; one the SDK does not know might be it too.
    private static boolean mayBeOurs(CatalogInfo info) {
        return info.getCatalogType() == null
                || info.getCatalogType() == CatalogType.MANAGED_ONLINE_CATALOG;
    }

    @Override
    public boolean hasDatabase(String project, String branch, String database, Deadline deadline) {
        var parent = ResourceName.branch(project, branch);
        return calls.call(
                "Listing databases of " + parent,
                deadline,
                w -> {
                    for (var d : w.postgres().listDatabases(parent)) {
                        if (database.equals(d.getStatus().getPostgresDatabase())) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    @Override
    public void register(
            Registration wanted,
            boolean makeDatabase,
            Deadline deadline,
            OperationProgress progress) {
        if (is(wanted, deadline)) {
            return;
        }
        var spec =
                new CatalogCatalogSpec()
                        .setBranch(ResourceName.branch(wanted.project(), wanted.branch()))
                        .setPostgresDatabase(wanted.database())
                        .setCreateDatabaseIfMissing(makeDatabase);
        var request =
                new CreateCatalogRequest()
                        .setCatalogId(wanted.catalog())
                        .setCatalog(new Catalog().setSpec(spec));
        sending.change(
                "Registering %s of %s as catalog %s"
                        .formatted(wanted.database(), wanted.project(), wanted.catalog()),
                deadline,
                progress,
                w -> w.postgres().createCatalog(request).getName(),
                () -> is(wanted, deadline));
    }

    private boolean is(Registration wanted, Deadline deadline) {
        return registration(wanted.catalog(), deadline).filter(wanted::equals).isPresent();
    }

    @Override
    public void unregister(Registration there, Deadline deadline) {
        if (is(there, deadline)) {
            sending.deletion(
                    "Unregistering catalog " + there.catalog(),
                    deadline,
                    w -> w.postgres().deleteCatalog("catalogs/" + there.catalog()).getName(),
                    () -> registration(there.catalog(), deadline).isEmpty());
        }
    }

    @Override
    public Map<String, SortedSet<String>> grants(String catalog, Deadline deadline) {
        return grants.on(SdkGrants.CATALOG, catalog, deadline);
    }

    @Override
    public void grant(
            String catalog, String principal, SortedSet<String> privileges, Deadline deadline) {
        grants.change(catalog, principal, privileges, true, deadline);
    }

    @Override
    public void revoke(
            String catalog, String principal, SortedSet<String> privileges, Deadline deadline) {
        if (entry(catalog, deadline).isPresent()) {
            grants.change(catalog, principal, privileges, false, deadline);
        }
    }

    @Override
    public Known group(String name, Deadline deadline) {
        if (name.equals(SdkGrants.EVERYBODY)) {
            return Known.ACCOUNT;
        }
        return calls.call(
                "Group " + name,
                deadline,
                w -> {
                    var filter = "displayName eq \"%s\"".formatted(name.replace("\"", "\\\""));
                    var known = Known.NO;
                    for (var g : w.groups().list(new ListGroupsRequest().setFilter(filter))) {
                        boolean here =
                                g.getMeta() != null
                                        && "WorkspaceGroup".equals(g.getMeta().getResourceType());
                        if (name.equals(g.getDisplayName())) {
                            known = here ? Known.WORKSPACE_ONLY : Known.ACCOUNT;
                        }
                    }
                    return known;
                });
    }

    @Override
    public Standing standing(Deadline deadline) {
        return grants.standing(deadline);
    }

    @Override
    public May manage(String catalog, Deadline deadline) {
        return entry(catalog, deadline)
                .map(e -> grants.manage(catalog, e.owner(), deadline))
                .orElse(May.UNKNOWN);
    }

    @Override
    public Rows ask(WarehouseQuery query, Deadline deadline) {
        return new SdkWarehouse(calls).ask(query, deadline);
    }
}
