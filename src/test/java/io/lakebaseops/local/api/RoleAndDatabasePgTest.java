package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.postgres.CreateDatabaseRequest;
import com.databricks.sdk.service.postgres.CreateRoleRequest;
import com.databricks.sdk.service.postgres.Database;
import com.databricks.sdk.service.postgres.DatabaseDatabaseSpec;
import com.databricks.sdk.service.postgres.DeleteRoleRequest;
import com.databricks.sdk.service.postgres.ListRolesRequest;
import com.databricks.sdk.service.postgres.Role;
import com.databricks.sdk.service.postgres.RoleAttributes;
import com.databricks.sdk.service.postgres.RoleAuthMethod;
import com.databricks.sdk.service.postgres.RoleIdentityType;
import com.databricks.sdk.service.postgres.RoleMembershipRole;
import com.databricks.sdk.service.postgres.RoleRoleSpec;
import com.databricks.sdk.service.postgres.UpdateDatabaseRequest;
import com.databricks.sdk.service.postgres.UpdateRoleRequest;
import com.google.protobuf.FieldMask;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

final class RoleAndDatabasePgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static String branch;
    static String primary;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        branch = sdk.project("shop") + "/branches/production";
        primary = branch + "/endpoints/primary";
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void a_role_is_made_changed_and_dropped_in_postgres() throws SQLException {
        String name =
                role(
                        "reporter",
                        new RoleRoleSpec()
                                .setPostgresRole("reporter")
                                .setAttributes(new RoleAttributes().setCreatedb(true)));
        Role role = sdk.postgres().getRole(name);
        assertThat(role.getSpec()).isNull();
        assertThat(role.getStatus().getAuthMethod())
                .isEqualTo(RoleAuthMethod.PG_PASSWORD_SCRAM_SHA_256);
        assertThat(role.getStatus().getIdentityType()).isNull();
        assertThat(role.getStatus().getAttributes().getBypassrls()).isFalse();
        assertThat(sql("SELECT rolcreatedb FROM pg_roles WHERE rolname = 'reporter'"))
                .isEqualTo("t");
        sdk.done(
                update(
                        name,
                        new RoleRoleSpec()
                                .setAttributes(
                                        new RoleAttributes().setCreatedb(false).setCreaterole(true))
                                .setMembershipRoles(
                                        List.of(RoleMembershipRole.DATABRICKS_SUPERUSER)),
                        "spec.attributes.createrole",
                        "spec.membership_roles"));
        assertThat(
                        sql(
                                "SELECT rolcreatedb::text || rolcreaterole::text ||"
                                        + " pg_has_role('reporter', 'databricks_superuser',"
                                        + " 'MEMBER')::text FROM pg_roles WHERE rolname ="
                                        + " 'reporter'"))
                .isEqualTo("truetruetrue");
        sdk.done(sdk.postgres().deleteRole(name).getName());
        assertThat(sql("SELECT count(*) FROM pg_roles WHERE rolname = 'reporter'")).isEqualTo("0");
        assertThatThrownBy(() -> sdk.postgres().getRole(name))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("role id not found");
    }

    @Test
    void a_role_is_refused_for_its_name_its_id_or_its_mask() {
        String name =
                role(
                        "analysts",
                        new RoleRoleSpec()
                                .setPostgresRole("analysts")
                                .setIdentityType(RoleIdentityType.GROUP)
                                .setAuthMethod(RoleAuthMethod.NO_LOGIN));
        assertThatThrownBy(() -> role("twice", new RoleRoleSpec().setPostgresRole("analysts")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("role with that name already exists")
                .satisfies(e -> assertThat(((DatabricksError) e).getStatusCode()).isEqualTo(400));
        assertThatThrownBy(() -> role("ab", new RoleRoleSpec().setPostgresRole("short")))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("role_id");
        assertThatThrownBy(() -> role("nameless", new RoleRoleSpec()))
                .isInstanceOf(InvalidParameterValue.class);
        assertThatThrownBy(
                        () ->
                                update(
                                        name,
                                        new RoleRoleSpec().setPostgresRole("renamed"),
                                        "spec.postgres_role"))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("Unknown field path in update_mask");
    }

    @Test
    void roles_come_in_pages_and_the_owners_stays() {
        role("page-one", new RoleRoleSpec().setPostgresRole("page_one"));
        role("page-two", new RoleRoleSpec().setPostgresRole("page_two"));
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listRoles(new ListRolesRequest().setParent(branch).setPageSize(1L))
                .forEach(r -> names.add(r.getRoleId()));
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("dba-local-lakebase", "page-one", "page-two");
        assertThatThrownBy(() -> sdk.postgres().deleteRole(branch + "/roles/dba-local-lakebase"))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void a_database_has_an_owner_and_can_change_hands_and_name() throws SQLException {
        String clerk = role("clerk", new RoleRoleSpec().setPostgresRole("clerk"));
        String heir = role("heir", new RoleRoleSpec().setPostgresRole("heir"));
        assertThatThrownBy(() -> database("orders-db", "orders", ""))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("database.spec.role");
        String name = database("orders-db", "orders", clerk);
        assertThat(owner("orders")).isEqualTo("clerk");
        assertThatThrownBy(() -> database("orders-2", "orders", clerk))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> sdk.postgres().deleteRole(clerk))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("reassign_owned_to");
        sdk.done(
                sdk.postgres()
                        .updateDatabase(
                                new UpdateDatabaseRequest()
                                        .setName(name)
                                        .setDatabase(spec("sales", heir))
                                        .setUpdateMask(mask("spec.postgres_database", "spec.role")))
                        .getName());
        assertThat(owner("sales")).isEqualTo("heir");
        assertThat(sdk.postgres().getDatabase(name).getStatus().getRole()).isEqualTo(heir);
        sdk.done(
                sdk.postgres()
                        .deleteRole(new DeleteRoleRequest().setName(heir).setReassignOwnedTo(clerk))
                        .getName());
        assertThat(owner("sales")).isEqualTo("clerk");
        assertThat(sdk.postgres().getDatabase(name).getStatus().getRole()).isEqualTo(clerk);
        sdk.done(sdk.postgres().deleteDatabase(name).getName());
        assertThat(owner("sales")).isEmpty();
    }

    private static String role(String id, RoleRoleSpec spec) {
        sdk.done(
                sdk.postgres()
                        .createRole(
                                new CreateRoleRequest()
                                        .setParent(branch)
                                        .setRoleId(id)
                                        .setRole(new Role().setSpec(spec)))
                        .getName());
        return branch + "/roles/" + id;
    }

    private static String update(String name, RoleRoleSpec spec, String... paths) {
        return sdk.postgres()
                .updateRole(
                        new UpdateRoleRequest()
                                .setName(name)
                                .setRole(new Role().setSpec(spec))
                                .setUpdateMask(mask(paths)))
                .getName();
    }

    private static String database(String id, String sqlName, String role) {
        sdk.done(
                sdk.postgres()
                        .createDatabase(
                                new CreateDatabaseRequest()
                                        .setParent(branch)
                                        .setDatabaseId(id)
                                        .setDatabase(spec(sqlName, role)))
                        .getName());
        return branch + "/databases/" + id;
    }

    private static Database spec(String sqlName, String role) {
        return new Database()
                .setSpec(new DatabaseDatabaseSpec().setPostgresDatabase(sqlName).setRole(role));
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }

    private static String owner(String database) throws SQLException {
        return sql(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '"
                        + database
                        + "'");
    }

    private static String sql(String query) throws SQLException {
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            return EndpointRulesPgTest.value(c, query);
        }
    }
}
