package io.lakebaseops.local;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.DemoProgress.Phase;
import io.lakebaseops.local.LocalOptions.Demo;
import io.lakebaseops.local.api.PausedServer;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.demo.DemoWorkload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Who runs the server of a directory, who attaches to it, and what a killed one leaves.
@Timeout(600)
final class LocalLakebasePgTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String API = "/api/2.0/postgres/";
    private static final String PRIMARY = "projects/shop/branches/production/endpoints/primary";

    @TempDir Path dir;

    @Test
    void a_directory_has_one_server_and_others_attach() throws IOException {
        LocalLakebase first = LocalLakebase.start(options());
        assertThat(first.runsHere()).isTrue();
        assertThatThrownBy(() -> LocalLakebase.start(options()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another Local Lakebase runs in");
        LocalLakebase second = LocalLakebase.attachOrStart(options());
        assertThat(second.runsHere()).isFalse();
        assertThat(second.host()).isEqualTo(first.host());
        assertThat(second.token()).isEqualTo(first.token());
        assertOwnerOnly(dir.resolve("server.json"));
        CompletableFuture<Boolean> stopped =
                CompletableFuture.supplyAsync(
                        () -> {
                            first.close();
                            return true;
                        },
                        Thread::startVirtualThread);
        await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
        assertThat(second.readyLine().workspaceId()).isNotEmpty();
        second.close();
        assertThat(stopped.join()).isTrue();
        LocalLakebase third = LocalLakebase.attachOrStart(options());
        assertThat(third.runsHere()).isTrue();
        assertThat(third.token()).isNotEqualTo(first.token());
        third.close();
    }

    @Test
    void another_process_is_attached_to_and_when_killed_replaced() throws IOException {
        Process server = ServerProcess.start(dir);
        JsonNode cutOff;
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).contains("\"host\":\"http://127.0.0.1:");
            LocalLakebase attached = LocalLakebase.attachOrStart(options());
            assertThat(attached.runsHere()).isFalse();
            assertThatThrownBy(() -> LocalLakebase.start(options()))
                    .isInstanceOf(IllegalStateException.class);
            ApiCaller api = new ApiCaller(attached.host(), attached.token());
            JsonNode made = api.post(API + "projects?project_id=shop", Json.object());
            api.finish(made, LIMIT);
            api.settled(PRIMARY, LIMIT);
            ObjectNode body = Json.object();
            body.putObject("spec").put("no_expiry", true);
            String uid = api.get(API + "projects/shop/branches/production").path("uid").asText();
            // The copy cannot end before the kill.
            try (var _ = PausedServer.of(dir, uid)) {
                cutOff = api.post(API + "projects/shop/branches?branch_id=half", body);
                attached.close();
                server.destroyForcibly();
                await().atMost(LIMIT).until(() -> !server.isAlive());
            }
        } finally {
            server.destroyForcibly();
        }
        LocalLakebase next = LocalLakebase.attachOrStart(options());
        assertThat(next.runsHere()).isTrue();
        ApiCaller api = new ApiCaller(next.host(), next.token());
        assertThat(api.get(API + cutOff.path("name").asText()).path("error").path("message"))
                .hasToString("\"the server stopped during this operation\"");
        assertThat(api.settled(PRIMARY, LIMIT).path("status").path("current_state").asText())
                .isEqualTo("ACTIVE");
        assertThat(api.get(API + "projects/shop/branches").path("branches")).hasSize(1);
        next.close();
    }

    @Test
    void a_killed_process_is_not_waited_for() throws IOException {
        LocalLakebase server = LocalLakebase.start(options());
        Process other = ServerProcess.start(dir);
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).contains(server.host());
            assertThat(server.othersAttached()).isTrue();
        } finally {
            other.destroyForcibly();
        }
        await().atMost(LIMIT).until(() -> !server.othersAttached());
        server.close();
    }

    @Test
    void port_token_and_authority_stay_where_that_is_asked_for() throws IOException {
        LocalOptions stable = options().withStable(true);
        String host;
        String token;
        String ca;
        try (LocalLakebase first = LocalLakebase.start(stable)) {
            host = first.host();
            token = first.token();
            ca = Files.readString(first.ca());
        }
        assertOwnerOnly(dir.resolve("address.json"));
        try (LocalLakebase second = LocalLakebase.start(options())) {
            assertThat(second.token()).isNotEqualTo(token);
            assertThat(second.ca()).hasContent(ca);
        }
        try (LocalLakebase third = LocalLakebase.start(stable)) {
            assertThat(third.host()).isEqualTo(host);
            assertThat(third.token()).isEqualTo(token);
            assertThat(new ApiCaller(host, token).get(API + "projects")).isEmpty();
        }
    }

    @Test
    void a_taken_port_is_refused_and_leaves_the_directory_free(@TempDir Path elsewhere) {
        try (LocalLakebase first = LocalLakebase.start(options())) {
            int port = URI.create(first.host()).getPort();
            LocalOptions second = SdkFixture.options(elsewhere);
            assertThatThrownBy(() -> LocalLakebase.start(second.withPort(port)))
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
            LocalLakebase.start(second).close();
        }
    }

    @Test
    void the_demo_project_is_there_when_the_server_is_ready_and_keeps_its_port() {
        LocalOptions options = options().withDemo(Demo.SMALL, false);
        ReadyLine.Endpoint before;
        try (LocalLakebase lakebase = LocalLakebase.start(options)) {
            ReadyLine line = lakebase.readyLine();
            assertThat(line.project()).isEqualTo("projects/storefront-prod");
            assertThat(line.branches()).containsExactly(line.project() + "/branches/production");
            before = line.endpoints().getFirst();
            assertThat(before.port()).isPositive();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> lakebase.demo().phase() != Phase.LOADING);
            assertThat(lakebase.demo().problem()).isNull();
            assertThat(lakebase.demo().took()).isPositive();
            assertThat(lakebase.workload()).isEmpty();
        }
        LocalOptions busy = options().withDemo(Demo.SMALL, true);
        try (LocalLakebase lakebase = LocalLakebase.start(busy)) {
            assertThat(lakebase.readyLine().endpoints()).containsExactly(before);
            await().atMost(LIMIT)
                    .until(() -> lakebase.workload().map(DemoWorkload::visits).orElse(0L) > 0);
            assertThat(lakebase.demo().took()).isZero();
        }
    }

    private LocalOptions options() {
        return SdkFixture.options(dir);
    }
}
