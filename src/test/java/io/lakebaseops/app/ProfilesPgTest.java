package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.cli.Commands;
import io.lakebaseops.config.FileSecretStore;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.compute.StateServer;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The whole program as a person uses it with servers of their own: every command starts anew.
final class ProfilesPgTest {
    /// Of its own: the tools look into every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    @TempDir private static Path dir;

    private static Home home;
    private static StateServer keepsState;
    private static Pg17.Database orders;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        home = new Home(dir);
        keepsState = StateServer.attachOrStart(home.state());
    }

    @AfterAll
    static void stop() {
        keepsState.close();
    }

    @BeforeEach
    void shop() throws IOException {
        orders = SERVER.database("orders");
        orders.asDba(
                "create table item as select g as id, g % 7 as kind from generate_series(1, 2000) g",
                "create index item_kind on item (kind)",
                "create index item_kind_again on item (kind)",
                "analyze item");
        profiles(true);
    }

    @AfterEach
    void clear() {
        orders.asDba("drop table item");
    }

    private static void profiles(boolean withOrders) throws IOException {
        var url =
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(orders.server().port(), orders.name());
        Files.writeString(
                dir.resolve("connections.yaml"),
                """
                connections:
                  - {name: gone, kind: lakebase, host: "http://127.0.0.1:1"}
                """
                        + (withOrders
                                ? "  - {name: orders, kind: jdbc, url: \"%s\", user: dba}\n"
                                        .formatted(url)
                                : ""));
        new FileSecretStore(dir).put("orders", Pg17.DBA_PASSWORD);
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        try (var program = new Wiring(home, LocalOptions.defaults().withDir(dir))) {
            return Commands.build(program)
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(args);
        }
    }

    private String waiting() {
        assertThat(run("approvals", "list")).isZero();
        assertThat(out.toString()).contains("Drop index");
        return out.toString().substring(0, 36);
    }

    /// With the fingerprint of what is shown now.
    private int approve(String id, String... more) {
        assertThat(run("approvals", "show", id, "--json")).isZero();
        var fingerprint =
                out.toString().replaceAll("(?s).*\"fingerprint\"\\s*:\\s*\"([0-9a-f]+)\".*", "$1");
        var args =
                new ArrayList<>(List.of("approvals", "approve", id, "--fingerprint", fingerprint));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static int indexes() {
        return Integer.parseInt(
                orders.scalar("select count(*) from pg_indexes where tablename = 'item'"));
    }

    @Test
    void a_file_that_cannot_be_read_is_named_where_a_profile_is_missed() throws IOException {
        Files.writeString(dir.resolve("connections.yaml"), "connections:\n  - {name: [\n bad");
        int code = run("tool", "monitor_connections", "--profile", "orders");
        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString())
                .contains("none of this name in what could be read")
                .contains("connections.yaml")
                .doesNotContain("add it to")
                .doesNotContain("Exception");
    }

    @Test
    void a_plan_of_one_command_is_decided_by_another_through_its_profile() throws IOException {
        assertThat(run("tool", "detect_duplicate_indexes", "--profile", "orders")).isZero();
        var id = waiting();

        profiles(false);
        // Above low risk "--yes" is no answer to what nobody read.
        assertThat(run("approvals", "approve", id, "--yes")).isEqualTo(2);
        assertThat(approve(id)).isEqualTo(1);
        assertThat(out.toString())
                .contains("the plan still waits")
                .contains("no connection profile named orders");
        assertThat(waiting()).isEqualTo(id);
        assertThat(indexes()).isEqualTo(2);

        profiles(true);
        assertThat(approve(id)).as(out.toString()).isZero();
        assertThat(indexes()).isEqualTo(1);
        assertThat(run("approvals", "undo", id)).isZero();
        assertThat(indexes()).isEqualTo(1);
        assertThat(run("approvals", "list")).isZero();
        assertThat(approve(out.toString().substring(0, 36))).as(out.toString()).isZero();
        assertThat(indexes()).isEqualTo(2);
    }

    @Test
    void a_plan_for_a_server_named_by_url_is_decided_with_the_same_url() {
        var url =
                "jdbc:postgresql://127.0.0.1:%d/%s?user=dba&password=dba"
                        .formatted(orders.server().port(), orders.name());
        assertThat(run("tool", "detect_duplicate_indexes", "--url", url)).isZero();
        var id = waiting();

        assertThat(approve(id)).isEqualTo(1);
        assertThat(out.toString()).contains("name the server by --url");
        var other = url.replaceFirst(":[0-9]+/", ":1/");
        assertThat(run("approvals", "list", "--url", other)).isZero();
        assertThat(out.toString()).contains("Nothing waits");
        assertThat(run("approvals", "list", "--url", url)).isZero();
        assertThat(out.toString()).contains(id);
        assertThat(approve(id, "--url", other)).isEqualTo(2);
        assertThat(err.toString()).contains("the URL leads to url/postgres/127.0.0.1:1");
        assertThat(indexes()).isEqualTo(2);

        assertThat(approve(id, "--url", url)).isZero();
        assertThat(indexes()).isEqualTo(1);
    }

    @Test
    void a_workspace_that_does_not_answer_hides_no_other_server() {
        try (var program = new Wiring(home, LocalOptions.defaults().withDir(dir))) {
            program.connections().openAll();

            assertThat(program.targets().known())
                    .containsExactly(
                            new TargetId(
                                    "orders", "postgres", "127.0.0.1:" + orders.server().port()));
        }
    }
}
