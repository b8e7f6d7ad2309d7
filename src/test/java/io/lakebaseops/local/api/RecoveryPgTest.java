package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.SdkFixture.lasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.postgres.BranchStatusState;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;
import com.databricks.sdk.service.postgres.EndpointStatusState;
import com.databricks.sdk.service.postgres.GenerateDatabaseCredentialRequest;
import com.databricks.sdk.service.postgres.Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// What a server finds that starts where another one stopped.
final class RecoveryPgTest {
    @TempDir Path dir;

    @Test
    void what_was_half_done_is_ended_and_what_was_whole_comes_back() throws SQLException {
        String kept;
        String halfMade;
        String halfGone;
        String where;
        try (SdkFixture before = new SdkFixture(dir)) {
            String shop = before.project("shop");
            kept = before.branch(shop, "kept", lasting());
            before.branch(shop, "going", lasting());
            String primary = kept + "/endpoints/primary";
            try (Connection c = before.connect(primary, before.token(primary));
                    Statement s = c.createStatement()) {
                s.execute("CREATE TABLE answers AS SELECT 42 AS answer");
            }
            where = host(before, primary);
            before.fault("{\"pattern\":\"POST *\",\"operation\":\"HANG\"}");
            halfMade = before.create(shop, "half", lasting());
            before.fault("{\"pattern\":\"DELETE *\",\"operation\":\"HANG\"}");
            halfGone =
                    before.postgres()
                            .deleteBranch(
                                    new DeleteBranchRequest().setName(shop + "/branches/going"))
                            .getName();
        }
        try (SdkFixture after = new SdkFixture(dir, o -> o.withTokenTtl(Duration.ofMinutes(6)))) {
            for (String operation : List.of(halfMade, halfGone)) {
                Operation end = after.postgres().getOperation(operation);
                assertThat(end.getDone()).isTrue();
                assertThat(end.getError().getMessage()).contains("server stopped");
            }
            assertThatThrownBy(() -> after.postgres().getBranch("projects/shop/branches/half"))
                    .isInstanceOf(NotFound.class);
            assertThat(state(after, "projects/shop/branches/going"))
                    .isEqualTo(BranchStatusState.READY);
            assertThat(state(after, kept)).isEqualTo(BranchStatusState.READY);
            String primary = kept + "/endpoints/primary";
            assertThat(after.settled(primary).getStatus().getCurrentState())
                    .isEqualTo(EndpointStatusState.ACTIVE);
            assertThat(host(after, primary)).isEqualTo(where);
            assertThat(
                            after.postgres()
                                    .generateDatabaseCredential(
                                            new GenerateDatabaseCredentialRequest()
                                                    .setEndpoint(primary))
                                    .getExpireTime()
                                    .getSeconds())
                    .isLessThanOrEqualTo(after.clock().instant().getEpochSecond() + 360);
            try (Connection c = after.connect(primary, after.token(primary))) {
                assertThat(EndpointRulesPgTest.value(c, "SELECT answer FROM answers"))
                        .isEqualTo("42");
            }
        }
    }

    @Test
    void a_project_whose_making_was_cut_off_is_gone() {
        try (SdkFixture before = new SdkFixture(dir)) {
            before.fault("{\"pattern\":\"POST *\",\"operation\":\"HANG\"}");
            before.call("POST", "/api/2.0/postgres/projects?project_id=half", "{}");
            assertThat(before.postgres().getProject("projects/half")).isNotNull();
        }
        try (SdkFixture after = new SdkFixture(dir)) {
            assertThatThrownBy(() -> after.postgres().getProject("projects/half"))
                    .isInstanceOf(NotFound.class);
            after.project("half");
        }
    }

    private static BranchStatusState state(SdkFixture sdk, String branch) {
        return sdk.postgres().getBranch(branch).getStatus().getCurrentState();
    }

    private static String host(SdkFixture sdk, String endpoint) {
        return sdk.address(endpoint);
    }
}
