package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.postgres.DatabaseCredential;
import com.databricks.sdk.service.postgres.GenerateDatabaseCredentialRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

final class CredentialPgTest {
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
    void several_credentials_are_valid_at_once_and_kept_only_as_hashes()
            throws SQLException, IOException {
        String one = sdk.token(primary);
        String two = sdk.token(primary);
        sdk.connect(primary, one).close();
        sdk.connect(primary, two).close();
        sdk.connect(primary, one).close();
        assertThat(Files.readString(dir.resolve("state.json"))).doesNotContain(one, two);
    }

    @Test
    void expiry_is_asked_at_login_only() throws SQLException {
        long before = now();
        DatabaseCredential credential =
                sdk.postgres().generateDatabaseCredential(request().setTtl(seconds(300)));
        assertThat(credential.getExpireTime().getSeconds()).isBetween(before + 299, now() + 300);
        try (Connection open = sdk.connect(primary, credential.getToken())) {
            sdk.clock().advance(java.time.Duration.ofSeconds(301));
            refused(credential.getToken());
            assertThat(EndpointRulesPgTest.value(open, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void a_foreign_or_invented_password_is_refused() {
        String other = sdk.project("other") + "/branches/production/endpoints/primary";
        refused(sdk.token(other));
        refused("invented");
        refused(sdk.lakebase().token());
    }

    @Test
    void only_an_endpoint_and_a_life_of_5_to_60_minutes_are_taken() {
        for (String name : new String[] {branch, branch + "/databases/databricks-postgres", ""}) {
            assertThatThrownBy(
                            () ->
                                    sdk.postgres()
                                            .generateDatabaseCredential(
                                                    request().setEndpoint(name)))
                    .isInstanceOf(InvalidParameterValue.class)
                    .hasMessageContaining("full name of an endpoint");
        }
        assertThatThrownBy(() -> sdk.token(branch + "/endpoints/nobody"))
                .isInstanceOf(NotFound.class);
        invalid(request().setTtl(seconds(299)));
        invalid(request().setTtl(seconds(3601)));
        invalid(request().setExpireTime(Timestamp.newBuilder().setSeconds(now() + 4000).build()));
        invalid(
                request()
                        .setTtl(seconds(600))
                        .setExpireTime(Timestamp.newBuilder().setSeconds(now() + 600).build()));
        assertThat(
                        sdk.postgres()
                                .generateDatabaseCredential(request())
                                .getExpireTime()
                                .getSeconds())
                .isBetween(now() + 3540, now() + 3600);
    }

    private static void refused(String password) {
        assertThatThrownBy(() -> sdk.connect(primary, password).close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    private static void invalid(GenerateDatabaseCredentialRequest request) {
        assertThatThrownBy(() -> sdk.postgres().generateDatabaseCredential(request))
                .isInstanceOf(InvalidParameterValue.class);
    }

    private static GenerateDatabaseCredentialRequest request() {
        return new GenerateDatabaseCredentialRequest().setEndpoint(primary);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static long now() {
        return sdk.clock().instant().getEpochSecond();
    }
}
