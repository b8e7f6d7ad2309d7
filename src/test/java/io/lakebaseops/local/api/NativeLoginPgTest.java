package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.CreateRoleRequest;
import com.databricks.sdk.service.postgres.InitialBranchSpec;
import com.databricks.sdk.service.postgres.Project;
import com.databricks.sdk.service.postgres.ProjectSpec;
import com.databricks.sdk.service.postgres.Role;
import com.databricks.sdk.service.postgres.RoleAuthMethod;
import com.databricks.sdk.service.postgres.RoleRoleSpec;
import com.databricks.sdk.service.postgres.UpdateProjectRequest;
import com.google.protobuf.FieldMask;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Roles with a password of PostgreSQL's own, made and let in through the SDK's switches.
final class NativeLoginPgTest {
    private static final String PASSWORD = "pâss wörd 1";

    @TempDir static Path dir;
    static SdkFixture sdk;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    private static String project(String id, boolean natively, boolean guarded) {
        sdk.done(
                sdk.postgres()
                        .createProject(
                                new CreateProjectRequest()
                                        .setProjectId(id)
                                        .setProject(
                                                new Project()
                                                        .setSpec(
                                                                new ProjectSpec()
                                                                        .setEnablePgNativeLogin(
                                                                                natively))
                                                        .setInitialBranchSpec(
                                                                new InitialBranchSpec()
                                                                        .setIsProtected(guarded))))
                        .getName());
        String production = "projects/" + id + "/branches/production";
        sdk.settled(production + "/endpoints/primary");
        return production;
    }

    private static void role(String branch, String name, RoleAuthMethod method) {
        sdk.done(
                sdk.postgres()
                        .createRole(
                                new CreateRoleRequest()
                                        .setParent(branch)
                                        .setRole(
                                                new Role()
                                                        .setSpec(
                                                                new RoleRoleSpec()
                                                                        .setPostgresRole(name)
                                                                        .setAuthMethod(method))))
                        .getName());
    }

    /// No call of the API sets or shows a password: the owner gives it by SQL.
    private static void give(String branch, String role, String password) throws SQLException {
        String endpoint = branch + "/endpoints/primary";
        try (var c = sdk.connect(endpoint, sdk.token(endpoint));
                var s = c.createStatement()) {
            s.execute("ALTER ROLE \"" + role + "\" PASSWORD '" + password + "'");
        }
    }

    private static Connection as(String branch, String role, String password) throws SQLException {
        String at = sdk.address(branch + "/endpoints/primary");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + at + "/databricks_postgres", role, password);
    }

    private static void refused(String branch, String role, String password) {
        assertThatThrownBy(() -> as(branch, role, password).close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    private static String me(Connection c) throws SQLException {
        try (var s = c.createStatement();
                var r = s.executeQuery("SELECT current_user")) {
            r.next();
            return r.getString(1);
        }
    }

    @Test
    void a_role_comes_in_with_its_own_password_while_the_project_allows_it() throws SQLException {
        String branch = project("native", true, false);
        role(branch, "app Röle", RoleAuthMethod.PG_PASSWORD_SCRAM_SHA_256);
        refused(branch, "app Röle", PASSWORD);
        give(branch, "app Röle", PASSWORD);
        refused(branch, "app Röle", "wrong");
        refused(branch, "app Röle", "");
        refused(branch, sdk.lakebase().user(), PASSWORD);
        refused(branch, "cloud_admin", PASSWORD);
        try (var c = as(branch, "app Röle", PASSWORD)) {
            assertThat(me(c)).isEqualTo("app Röle");
            sdk.done(
                    sdk.postgres()
                            .updateProject(
                                    new UpdateProjectRequest()
                                            .setName("projects/native")
                                            .setProject(
                                                    new Project()
                                                            .setSpec(
                                                                    new ProjectSpec()
                                                                            .setEnablePgNativeLogin(
                                                                                    false)))
                                            .setUpdateMask(
                                                    FieldMask.newBuilder()
                                                            .addPaths("spec.enable_pg_native_login")
                                                            .build()))
                            .getName());
            refused(branch, "app Röle", PASSWORD);
            assertThat(me(c)).as("an open session stays").isEqualTo("app Röle");
        }
    }

    @Test
    void a_password_is_of_no_use_to_a_role_that_logs_in_otherwise_or_no_longer() throws Exception {
        String branch = project("methods", true, false);
        role(branch, "oauth_one", RoleAuthMethod.LAKEBASE_OAUTH_V1);
        role(branch, "late_one", RoleAuthMethod.PG_PASSWORD_SCRAM_SHA_256);
        give(branch, "oauth_one", PASSWORD);
        give(branch, "late_one", PASSWORD + "' VALID UNTIL '2020-01-01");
        refused(branch, "oauth_one", PASSWORD);
        refused(branch, "late_one", PASSWORD);
        give(branch, "late_one", PASSWORD + "' VALID UNTIL 'infinity");
        sdk.disable(branch + "/endpoints/primary", true);
        refused(branch, "late_one", PASSWORD);
        sdk.disable(branch + "/endpoints/primary", false);
        try (var c = as(branch, "late_one", PASSWORD)) {
            assertThat(me(c)).isEqualTo("late_one");
        }
    }

    @Test
    void children_keep_passwords_but_those_of_a_protected_branch_need_new_ones() throws Exception {
        String open = project("open", true, false);
        role(open, "app", RoleAuthMethod.PG_PASSWORD_SCRAM_SHA_256);
        give(open, "app", PASSWORD);
        String child = sdk.branch("projects/open", "child", SdkFixture.lasting());
        as(child, "app", PASSWORD).close();

        String guarded = project("guarded", true, true);
        role(guarded, "app", RoleAuthMethod.PG_PASSWORD_SCRAM_SHA_256);
        give(guarded, "app", PASSWORD);
        String safe = sdk.branch("projects/guarded", "child", SdkFixture.lasting());
        refused(safe, "app", PASSWORD);
        as(guarded, "app", PASSWORD).close();
        give(safe, "app", "another");
        as(safe, "app", "another").close();
    }
}
