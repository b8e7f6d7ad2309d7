package io.lakebaseops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One entry of a hand-edited profiles file changed, and every other line left alone.
final class ConnectionsEditTest {
    private static final String BY_HAND =
            """
            # servers of the shop team
            connections:
              # the old one, goes in spring
              - {name: legacy, kind: service, service: legacy}   # ask Ann

              - name: orders
                kind: jdbc
                # over the VPN
                url: "host=db1 dbname=orders"
                user: dba
              # the copy
              - {name: copy, kind: databricks, profile: DEFAULT}
            # end
            """;

    @TempDir private Path home;
    private ConnectionsFile file;

    @BeforeEach
    void write() throws IOException {
        file = new ConnectionsFile(home);
        Files.writeString(home.resolve(ConnectionsFile.NAME), BY_HAND);
    }

    private String text() throws IOException {
        return Files.readString(home.resolve(ConnectionsFile.NAME));
    }

    private List<String> names() throws IOException {
        return file.read().profiles().stream().map(ConnectionProfile::name).toList();
    }

    @Test
    void a_new_profile_comes_last_and_nothing_else_changes() throws Exception {
        var tunnel = new SshTunnel("bastion", 2222, "me", Path.of("/k"));
        var added = new ConnectionProfile.Jdbc("far", "host=db2 dbname=x user=u", null, tunnel);
        file.put(added);
        assertThat(text())
                .contains(BY_HAND.substring(0, BY_HAND.indexOf("# end")))
                .endsWith("# end\n");
        assertThat(file.read().profiles()).last().isEqualTo(added);
        assertThat(names()).containsExactly("legacy", "orders", "copy", "far");
    }

    @Test
    void a_changed_profile_keeps_its_place_and_the_comment_above_it() throws Exception {
        file.put(new ConnectionProfile.DatabricksProfile("copy", "PROD"));
        assertThat(text()).contains("  # the copy\n  - {").contains("PROD").contains("# ask Ann");
        assertThat(names()).containsExactly("legacy", "orders", "copy");
        file.put(new ConnectionProfile.Jdbc("orders", "host=db9 dbname=orders user=dba", null));
        assertThat(names()).containsExactly("legacy", "orders", "copy");
        assertThat(text()).contains("db9").doesNotContain("db1").contains("# the copy");
    }

    @Test
    void a_removed_profile_takes_no_other_with_it_and_what_was_written_above_stays()
            throws Exception {
        file.remove("legacy");
        assertThat(names()).containsExactly("orders", "copy");
        assertThat(text()).contains("# servers of the shop team").contains("# over the VPN");
        file.remove("orders");
        file.remove("copy");
        assertThat(names()).isEmpty();
        assertThat(text()).contains("# servers of the shop team").contains("# the copy");
        file.put(new ConnectionProfile.Service("again", "x"));
        assertThat(names()).containsExactly("again");
    }

    @Test
    void a_profile_moves_with_its_comment() throws Exception {
        file.move("copy", -1);
        assertThat(names()).containsExactly("legacy", "copy", "orders");
        assertThat(text()).contains("# the copy\n  - {name: copy");
        file.move("legacy", -1);
        assertThat(names()).containsExactly("legacy", "copy", "orders");
        file.move("legacy", 1);
        assertThat(names()).containsExactly("copy", "legacy", "orders");
    }

    @Test
    void one_bad_entry_stops_no_edit_of_another() throws Exception {
        Files.writeString(
                home.resolve(ConnectionsFile.NAME),
                BY_HAND.replace("kind: service", "kind: servise"));
        file.put(new ConnectionProfile.DatabricksProfile("copy", "PROD"));
        assertThat(text()).contains("servise").contains("PROD");
        assertThat(names()).containsExactly("orders", "copy");
    }

    @Test
    void a_file_that_is_no_yaml_is_not_overwritten() throws Exception {
        Files.writeString(home.resolve(ConnectionsFile.NAME), "connections:\n  - {name: x\n");
        assertThatThrownBy(() -> file.remove("x")).hasMessageContaining("corrected first");
        assertThat(text()).isEqualTo("connections:\n  - {name: x\n");
    }

    @Test
    void a_file_written_in_another_way_is_kept_beside_the_new_one() throws Exception {
        var flow =
                "connections: [{name: a, kind: service, service: a}, {name: b, kind: service,"
                        + " service: b}]\n";
        Files.writeString(home.resolve(ConnectionsFile.NAME), flow);
        file.remove("a");
        assertThat(names()).containsExactly("b");
        assertThat(Files.readString(home.resolve(ConnectionsFile.NAME + ".before")))
                .isEqualTo(flow);
    }

    @Test
    void logins_of_workspaces_are_read_back() throws Exception {
        var browser =
                new ConnectionProfile.Lakebase(
                        "w", "https://h.example", null, new WorkspaceLogin.Browser());
        var machine =
                new ConnectionProfile.Lakebase(
                        "m", "https://h.example", null, new WorkspaceLogin.ServicePrincipal("a-1"));
        file.put(browser);
        file.put(machine);
        assertThat(file.read().profiles()).contains(browser, machine);
    }
}
