package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class ServerHostingTest {
    @TempDir Path dir;

    @Test
    void root_gives_up_its_rights_where_that_can_be_done() throws Exception {
        var program = List.of("initdb", "-D", "data");
        assertThat(Unprivileged.command(OperatingSystem.LINUX, "root", program))
                .containsExactly("unshare", "--user", "--", "initdb", "-D", "data");
        for (var system : OperatingSystem.values()) {
            assertThat(Unprivileged.command(system, "ann", program)).isEqualTo(program);
        }
        assertThat(Unprivileged.command(OperatingSystem.WINDOWS, "root", program))
                .isEqualTo(program);
        assertThatThrownBy(() -> Unprivileged.command(OperatingSystem.MACOS, "root", program))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("root");
    }

    @Test
    void windows_watches_with_its_own_shell() {
        assertThat(
                        ParentWatch.command(
                                OperatingSystem.WINDOWS,
                                List.of("C:\\Program Files\\java.exe", "Main", "C:\\a b")))
                .containsExactly(
                        "cmd.exe",
                        "/d",
                        "/s",
                        "/c",
                        "\"findstr \"^\" >NUL & \"C:\\Program Files\\java.exe\" \"Main\" \"C:\\a b\"\"");
        assertThat(ParentWatch.command(OperatingSystem.MACOS, List.of("java", "Main")))
                .startsWith("/bin/sh", "-c")
                .endsWith("java", "Main");
    }

    @Test
    void the_start_of_the_machine_is_the_same_at_all_times() {
        var start = Instant.parse("2026-11-28T10:00:10Z");
        assertThat(BootTime.windows(start.plusSeconds(60), Duration.ofSeconds(60)))
                .isEqualTo(BootTime.windows(start.plusSeconds(9999), Duration.ofMillis(9_998_985)));
        assertThat(BootTime.id()).isNotEmpty().isEqualTo(BootTime.id());
    }

    @Test
    void a_server_that_is_asked_for_what_windows_lacks_would_not_start() {
        assertThat(ServerHosting.settings(OperatingSystem.WINDOWS))
                .containsEntry("client_connection_check_interval", "0");
        assertThat(ServerHosting.settings(OperatingSystem.LINUX)).isEmpty();
    }

    @Test
    void an_address_moves_only_where_its_port_was_taken() throws Exception {
        var address = new ServerAddress.Loopback(LoopbackPort.choose(), dir, null);
        try (var taken = new ServerSocket(address.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(address.available()).isNotEqualTo(address);
            assertThat(taken.isBound()).isTrue();
        }
        assertThat(address.doors("admin")).isEqualTo("host all all 127.0.0.1/32 scram-sha-256\n");
        assertThatThrownBy(() -> address.login("admin")).hasMessageContaining("no password");
    }

    @Test
    void the_password_of_a_primary_stands_in_a_file_and_not_in_the_settings() throws Exception {
        Files.writeString(dir.resolve(ServerAddress.PASSWORD), "secret1\n");
        var folder = Files.createDirectory(dir.resolve("it's here"));
        var address = new ServerAddress.Loopback(20_001, dir, null);
        assertThat(address.conninfo("admin", "ep-1", folder))
                .isEqualTo(
                        "host=127.0.0.1 port=20001 user=admin application_name=ep-1 passfile='%s'"
                                        .formatted(
                                                folder.resolve("primary.pgpass")
                                                        .toString()
                                                        .replace("\\", "\\\\")
                                                        .replace("'", "\\'"))
                                + " sslmode=disable");
        assertThat(folder.resolve("primary.pgpass"))
                .hasContent("127.0.0.1:20001:*:admin:secret1\n");
        assertThat(OwnerOnly.othersMayRead(folder.resolve("primary.pgpass"))).isFalse();
    }
}
