package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.AlreadyExists;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CatalogType;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.UpdateCatalog;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.postgres.Operation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Catalogs, grants and groups of Local Lakebase, each rule through the unmodified SDK.
final class CatalogRulesPgTest {
    private static final String DATABASE = "databricks_postgres";

    @TempDir static Path dir;
    static SdkFixture sdk;
    static UnityRig unity;
    static String project;
    static String branch;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        unity = new UnityRig(sdk);
        project = sdk.project("shop");
        branch = project + "/branches/production";
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    private static void drop(String catalog) {
        sdk.done(sdk.postgres().deleteCatalog("catalogs/" + catalog).getName());
    }

    @Test
    void a_database_is_registered_shown_and_let_go() throws Exception {
        String name = unity.create("Prod_Shop", branch, DATABASE);
        Operation first = sdk.postgres().getOperation(name);
        assertThat(first.getName()).startsWith("catalogs/prod_shop/operations/");
        sdk.done(name);
        var made = sdk.postgres().getCatalog("catalogs/prod_shop");
        assertThat(made.getName()).isEqualTo("catalogs/prod_shop");
        assertThat(made.getCatalogId()).isEqualTo("prod_shop");
        assertThat(made.getUid()).isNotBlank();
        assertThat(made.getCreateTime()).isNotNull();
        assertThat(made.getSpec()).isNull();
        assertThat(made.getStatus().getBranch()).isEqualTo(branch);
        assertThat(made.getStatus().getPostgresDatabase()).isEqualTo(DATABASE);
        assertThat(made.getStatus().getProject()).isEqualTo(project);
        CatalogInfo seen = sdk.client().catalogs().get("prod_shop");
        assertThat(seen.getCatalogType()).isEqualTo(CatalogType.MANAGED_ONLINE_CATALOG);
        assertThat(seen.getOwner()).isEqualTo(sdk.lakebase().user());
        List<String> listed = new ArrayList<>();
        sdk.client()
                .catalogs()
                .list(new ListCatalogsRequest())
                .forEach(c -> listed.add(c.getName()));
        assertThat(listed).contains("prod_shop");
        sdk.postgres().deleteCatalog("catalogs/prod_shop").waitForCompletion();
        assertThatThrownBy(() -> sdk.postgres().getCatalog("catalogs/prod_shop"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("catalog id not found");
        assertThatThrownBy(() -> sdk.client().catalogs().get("prod_shop"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Catalog 'prod_shop' does not exist");
        assertThatThrownBy(() -> sdk.postgres().deleteCatalog("catalogs/prod_shop"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void a_reply_comes_before_the_work_is_done() {
        String body =
                """
                {"spec": {"branch": "%s", "postgres_database": "%s"}}
                """
                        .formatted(branch, DATABASE);
        String first = sdk.call("POST", "/api/2.0/postgres/catalogs?catalog_id=early", body).body();
        assertThat(first).contains("\"done\":false");
        Matcher name = Pattern.compile("\"name\":\"([^\"]+)\"").matcher(first);
        assertThat(name.find()).isTrue();
        sdk.done(name.group(1));
        drop("early");
    }

    @Test
    void what_is_missing_or_not_allowed_is_named() {
        assertThatThrownBy(() -> unity.create("", branch, DATABASE))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("Field 'catalog_id' is required");
        assertThatThrownBy(() -> unity.create("a.b", branch, DATABASE))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("no dot");
        assertThatThrownBy(() -> unity.create("x", null, DATABASE))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("catalog.spec.branch is required");
        assertThatThrownBy(() -> unity.create("x", branch, null))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("catalog.spec.postgres_database is required");
        assertThatThrownBy(() -> unity.create("x", project + "/branches/none", DATABASE))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("branch id not found");
        assertThatThrownBy(() -> unity.create("x", "projects/none/branches/b", DATABASE))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("project id not found");
        for (String system : List.of("postgres", "databricks_system", "template0", "template1")) {
            assertThatThrownBy(() -> unity.create("x", branch, system))
                    .isInstanceOf(InvalidParameterValue.class)
                    .hasMessageContaining(system + " cannot be registered");
        }
        assertThatThrownBy(() -> unity.create("x", branch, "nowhere"))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("database \"nowhere\" does not exist");
    }

    @Test
    void a_missing_database_is_made_when_asked_for() throws Exception {
        sdk.done(unity.create("made", branch, "Sales Data", true));
        try (Connection c =
                        sdk.connect(
                                branch + "/endpoints/primary",
                                sdk.token(branch + "/endpoints/primary"));
                Statement s = c.createStatement();
                var rows =
                        s.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'Sales Data'")) {
            assertThat(rows.next()).isTrue();
        }
        drop("made");
    }

    @Test
    void one_name_and_one_database_are_registered_once() {
        sdk.done(unity.create("first", branch, DATABASE));
        assertThatThrownBy(() -> unity.create("first", branch, DATABASE))
                .isInstanceOf(AlreadyExists.class)
                .hasMessageContaining("catalog with such id already exists");
        assertThatThrownBy(() -> unity.create("second", branch, DATABASE))
                .isInstanceOf(AlreadyExists.class)
                .hasMessageContaining("already registered with catalogs/first");
        drop("first");
        sdk.done(unity.create("second", branch, DATABASE));
        drop("second");
    }

    @Test
    void a_child_inherits_the_registration_and_a_copy_of_before_does_not() {
        sdk.branch(project, "early-child", SdkFixture.lasting());
        sdk.done(unity.create("parent", branch, DATABASE));
        String child = sdk.branch(project, "child", SdkFixture.lasting());
        assertThatThrownBy(() -> unity.create("of_child", child, DATABASE))
                .isInstanceOf(AlreadyExists.class)
                .hasMessageContaining("already registered with catalogs/parent");
        sdk.done(unity.create("of_early", project + "/branches/early-child", DATABASE));
        drop("of_early");
        drop("parent");
        sdk.done(unity.create("of_child", child, DATABASE));
        drop("of_child");
    }

    @Test
    void grants_reach_groups_of_the_account_only() {
        sdk.done(unity.create("granted", branch, DATABASE));
        unity.accountGroup("shop readers");
        unity.workspaceGroup("shop-local");
        unity.grant("catalog", "granted", "shop readers", Privilege.USE_CATALOG, Privilege.SELECT);
        unity.grant("catalog", "granted", "account users", Privilege.BROWSE);
        assertThat(unity.grants("granted"))
                .containsEntry("shop readers", List.of("SELECT", "USE_CATALOG"))
                .containsEntry("account users", List.of("BROWSE"));
        unity.revoke("catalog", "granted", "shop readers", Privilege.SELECT);
        unity.revoke("catalog", "granted", "account users", Privilege.BROWSE);
        assertThat(unity.grants("granted")).containsOnlyKeys("shop readers");
        for (String nobody : List.of("shop-local", "nobody")) {
            assertThatThrownBy(() -> unity.grant("catalog", "granted", nobody, Privilege.SELECT))
                    .isInstanceOf(NotFound.class)
                    .hasMessageContaining("Could not find principal with name " + nobody);
        }
        assertThatThrownBy(
                        () ->
                                unity.grant(
                                        "catalog",
                                        "granted",
                                        "shop readers",
                                        Privilege.CREATE_CATALOG))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("not applicable to Catalog 'granted'");
        drop("granted");
        sdk.done(unity.create("granted", branch, DATABASE));
        assertThat(unity.grants("granted")).as("rights go with the catalog").isEmpty();
        drop("granted");
    }

    @Test
    void groups_are_found_by_name_and_kind() {
        unity.accountGroup("g-account");
        unity.workspaceGroup("g-workspace");
        assertThat(kind("g-account")).containsExactly("Group");
        assertThat(kind("g-workspace")).containsExactly("WorkspaceGroup");
        assertThat(kind("g-none")).isEmpty();
        assertThatThrownBy(() -> unity.workspaceGroup("g-account"))
                .hasMessageContaining("already exists");
    }

    private static List<String> kind(String group) {
        List<String> kinds = new ArrayList<>();
        sdk.client()
                .groups()
                .list(new ListGroupsRequest().setFilter("displayName eq \"" + group + "\""))
                .forEach(g -> kinds.add(g.getMeta().getResourceType()));
        return kinds;
    }

    @Test
    void who_is_no_owner_needs_a_privilege(@TempDir Path other) {
        try (var own = new SdkFixture(other)) {
            var rights = new UnityRig(own);
            String there = own.project("shop") + "/branches/production";
            String me = own.lakebase().user();
            own.done(rights.create("mine", there, DATABASE));
            rights.accountGroup("admins of data");
            rights.grant("metastore", rights.metastore(), me, Privilege.CREATE_CATALOG);
            own.client()
                    .catalogs()
                    .update(new UpdateCatalog().setName("mine").setOwner("admins of data"));
            assertThat(own.client().catalogs().get("mine").getOwner()).isEqualTo("admins of data");
            rights.handOverMetastore("admins of data");
            assertThatThrownBy(() -> rights.grant("catalog", "mine", me, Privilege.SELECT))
                    .isInstanceOf(PermissionDenied.class)
                    .hasMessageContaining("User does not have MANAGE on Catalog 'mine'");
            assertThatThrownBy(() -> own.postgres().deleteCatalog("catalogs/mine"))
                    .isInstanceOf(PermissionDenied.class);
            assertThatThrownBy(() -> rights.handOverMetastore(me))
                    .isInstanceOf(PermissionDenied.class);
            own.done(rights.create("theirs", there, "second", true));
            assertThat(
                            own.client()
                                    .grants()
                                    .getEffective("metastore", rights.metastore())
                                    .getPrivilegeAssignments())
                    .singleElement()
                    .satisfies(a -> assertThat(a.getPrincipal()).isEqualTo(me));
        }
    }

    @Test
    void without_create_catalog_nothing_is_registered(@TempDir Path other) {
        try (var own = new SdkFixture(other)) {
            var rights = new UnityRig(own);
            rights.accountGroup("admins of data");
            rights.handOverMetastore("admins of data");
            assertThatThrownBy(() -> rights.create("mine", branch, DATABASE))
                    .isInstanceOf(PermissionDenied.class)
                    .hasMessageContaining("does not have CREATE CATALOG on Metastore 'local'");
        }
    }
}
