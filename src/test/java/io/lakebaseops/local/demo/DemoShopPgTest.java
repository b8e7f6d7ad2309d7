package io.lakebaseops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.local.compute.RoomFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

final class DemoShopPgTest {
    @TempDir static Path dir;
    static RoomFixture fixture;
    static Duration took;

    @BeforeAll
    static void load() throws SQLException {
        fixture =
                new RoomFixture(dir, io.lakebaseops.local.compute.MachineRoomOptions.defaults())
                        .withMain();
        try (Connection connection = fixture.connect("ep-main")) {
            took = DemoShop.load(connection, DemoShop.Size.SMALL);
            System.out.printf(
                    "demo small: %d ms, %d MB%n",
                    took.toMillis(), fixture.room().logicalSizeBytes("br-main") >> 20);
        }
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void it_loads_in_time() {
        assertThat(took).isLessThan(Duration.ofSeconds(8));
    }
}
