package io.lakebaseops.lakebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.UnityCatalog.WarehouseQuery;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Questions to a SQL warehouse, which cannot be had here: a server that answers as it does.
final class SdkWarehouseTest {
    private static final WarehouseQuery QUERY =
            new WarehouseQuery(
                    "unity/table_lineage",
                    "SELECT :catalog AS c FROM system.access.audit",
                    Map.of("catalog", "prod_shop"));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private UnityCatalog unity;
    private volatile String warehouses = "[]";
    private volatile String answer = "{}";
    private volatile JsonNode asked;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", e -> reply(e, 404, "{}"));
        server.createContext(
                "/api/2.0/sql/warehouses",
                e -> reply(e, 200, "{\"warehouses\":" + warehouses + "}"));
        server.createContext(
                "/api/2.0/sql/statements",
                e -> {
                    asked = new ObjectMapper().readTree(e.getRequestBody());
                    reply(e, 200, answer);
                });
        server.start();
        var host = "http://127.0.0.1:" + server.getAddress().getPort();
        unity = SdkControlPlane.ofHost(host, () -> "token", threads).unity();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(60));
    }

    @Test
    void the_running_warehouse_is_asked_with_bound_values() {
        warehouses =
                "[{\"id\":\"asleep\",\"state\":\"STOPPED\"},{\"id\":\"w1\",\"state\":\"RUNNING\"}]";
        answer =
                """
                {"statement_id":"s","status":{"state":"SUCCEEDED"},
                 "manifest":{"schema":{"columns":[{"name":"source"},{"name":"events"}]}},
                 "result":{"data_array":[["a.b.c","3"],["d.e.f",null]]}}
                """;
        var rows = unity.ask(QUERY, soon());
        assertThat(rows.list()).hasSize(2);
        assertThat(rows.list().getFirst())
                .containsEntry("source", "a.b.c")
                .containsEntry("events", "3");
        assertThat(rows.list().getLast()).containsEntry("events", null);
        assertThat(asked.path("warehouse_id").asText()).isEqualTo("w1");
        assertThat(asked.path("statement").asText())
                .isEqualTo("SELECT :catalog AS c FROM system.access.audit");
        assertThat(asked.at("/parameters/0/name").asText()).isEqualTo("catalog");
        assertThat(asked.at("/parameters/0/value").asText()).isEqualTo("prod_shop");
        assertThat(asked.path("on_wait_timeout").asText()).isEqualTo("CONTINUE");
    }

    @Test
    void no_rows_are_no_failure() {
        warehouses = "[{\"id\":\"w1\",\"state\":\"RUNNING\"}]";
        answer = "{\"status\":{\"state\":\"SUCCEEDED\"},\"result\":{}}";
        assertThat(unity.ask(QUERY, soon()).isEmpty()).isTrue();
    }

    @Test
    void a_sleeping_warehouse_is_not_woken() {
        warehouses = "[{\"id\":\"w1\",\"state\":\"STOPPED\"}]";
        assertThatThrownBy(() -> unity.ask(QUERY, soon()))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("none of the 1 runs");
        assertThat(asked).isNull();
        warehouses = "[]";
        assertThatThrownBy(() -> unity.ask(QUERY, soon())).hasMessageContaining("we may use none");
    }

    @Test
    void a_failed_statement_says_what_is_missing() {
        warehouses = "[{\"id\":\"w1\",\"state\":\"RUNNING\"}]";
        answer =
                "{\"status\":{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\","
                        + "\"message\":\"[INSUFFICIENT_PERMISSIONS] User does not have USE SCHEMA\"}}}";
        assertThatThrownBy(() -> unity.ask(QUERY, soon()))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.DENIED))
                .hasMessageContaining("USE SCHEMA")
                .hasMessageContaining("system.access");
        answer = "{\"status\":{\"state\":\"CANCELED\"}}";
        assertThatThrownBy(() -> unity.ask(QUERY, soon())).hasMessageContaining("cancelled");
    }
}
