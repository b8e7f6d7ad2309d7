package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What strangers send to the control plane, byte by byte. No compute is started here.
final class ApiAttackPgTest {
    private static final String PROJECTS = "/api/2.0/postgres/projects";

    @TempDir static Path dir;
    static SdkFixture sdk;
    static String token;
    static int port;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        token = sdk.lakebase().token();
        port = URI.create(sdk.lakebase().host()).getPort();
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @AfterEach
    void others_are_served() {
        assertThat(sdk.call("GET", PROJECTS, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: 1",
                "Authorization: bearer TOKEN",
                "Authorization: Basic TOKEN",
                "Authorization: Bearer",
                "Authorization: Bearer guess\r\nAuthorization: Bearer TOKEN",
                "Authorization: BearerTOKEN"
            })
    void only_the_bearer_token_opens(String header) throws IOException {
        assertThat(status(request("GET", PROJECTS, header.replace("TOKEN", token)))).isIn(401, 403);
        assertThat(status(request("GET", PROJECTS + "?access_token=" + token, "X: 1")))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/../api/2.0/postgres/projects",
                "/.well-known/%2e%2e/api/2.0/postgres/projects",
                "/.well-known%2f..%2fapi/2.0/postgres/projects",
                "/oidc/../api/2.0/postgres/projects",
                "//api/2.0/postgres/projects",
                "http://127.0.0.1/api/2.0/postgres/projects",
                "http://evil.example/.well-known/../api/2.0/postgres/projects",
                "foo:bar",
                "*"
            })
    void no_way_leads_around_it(String target) throws IOException {
        for (String method : new String[] {"GET", "OPTIONS"}) {
            String answer = send(request(method, target, "X: 1"));
            assertThat(answer).as(method).doesNotContain("HTTP/1.1 200", "HTTP/1.1 500");
        }
    }

    @Test
    void a_page_of_the_web_reads_nothing() throws IOException {
        String origin = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST";
        String preflight = send(request("OPTIONS", PROJECTS, origin));
        assertThat(preflight).startsWith("HTTP/1.1 401").doesNotContain("Access-Control");
        String form = "Content-Type: application/x-www-form-urlencoded\r\n" + origin;
        assertThat(status(request("POST", PROJECTS, form))).isEqualTo(401);
        String open = "/.well-known/databricks-config";
        assertThat(status(asked(open, "evil.example:" + port))).isEqualTo(403);
        assertThat(status(asked(open, "127.0.0.1.evil.example"))).isEqualTo(403);
        for (String here :
                new String[] {"127.0.0.1:" + port, "localhost", "LOCALHOST:1", "[::1]"}) {
            assertThat(status(asked(open, here))).as(here).isEqualTo(200);
        }
        // Whoever has the token may come by any name, from a container for instance.
        String byName = "host.docker.internal:1\r\nAuthorization: Bearer " + token;
        assertThat(status(asked(PROJECTS, byName))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "%00",
                "a%0d%0aX-Evil:%201",
                "Shop",
                "%c0%ae",
                "%f0%9f%98%80",
                "-a",
                "%20"
            })
    void an_odd_name_is_refused_and_never_written_to_a_header(String id) throws IOException {
        for (String path : new String[] {PROJECTS + "?project_id=" + id, PROJECTS + "/" + id}) {
            String method = path.contains("?") ? "POST" : "GET";
            String answer = send(request(method, path, "Authorization: Bearer " + token));
            assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d.*").doesNotContain("\nX-Evil");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -5\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "Content-Length: 9\r\n\r\n{\"a\":",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\""
            })
    void a_body_that_is_cut_or_wrong_is_the_callers_fault(String rest) throws IOException {
        String head =
                "POST %s?project_id=x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s";
        String answer = send(head.formatted(PROJECTS, token, rest));
        assertThat(answer).doesNotContain("HTTP/1.1 200", "HTTP/1.1 500");
    }

    @Test
    void large_and_deep_bodies_are_refused() {
        String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(sdk.call("POST", PROJECTS + "?project_id=x", large).statusCode()).isEqualTo(413);
        String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
        assertThat(sdk.call("POST", PROJECTS + "?project_id=x", deep).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ttl\":\"1e999999999s\"",
                "\"ttl\":\"1e-999999999s\"",
                "\"ttl\":\"1s\"",
                "\"ttl\":\"7200s\"",
                "\"expire_time\":\"+999999999-01-01T00:00:00Z\"",
                "\"expire_time\":\"2020-01-01T00:00:00Z\""
            })
    void no_credential_lives_for_an_odd_time(String life) {
        String body = "{\"endpoint\":\"projects/p/branches/b/endpoints/e\"," + life + "}";
        assertThat(sdk.call("POST", "/api/2.0/postgres/credentials", body).statusCode())
                .isBetween(400, 404);
    }

    private static String request(String method, String target, String header) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
    }

    private static String asked(String path, String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private static int status(String request) throws IOException {
        return Integer.parseInt(send(request).split(" ", 3)[1]);
    }

    /// All that comes back after the last byte that will ever be sent.
    private static String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                InputStream in = socket.getInputStream();
                in.transferTo(all);
            } catch (SocketException reset) {
                // closed with something of ours unread
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
