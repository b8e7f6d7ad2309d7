package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

final class ComputeLifePgTest {
    @TempDir static Path dir;
    static RoomFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new RoomFixture(dir).withMain();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void a_client_logs_in_through_the_gateway_as_the_owner() throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(value(connection, "SELECT current_user")).isEqualTo(RoomFixture.OWNER);
            assertThat(value(connection, "SELECT current_database()"))
                    .isEqualTo("databricks_postgres");
            assertThat(value(connection, "SHOW server_version_num")).startsWith("17");
            assertThat(value(connection, "SELECT count(*) >= 0 FROM pg_stat_statements"))
                    .isEqualTo("t");
        }
    }
}
