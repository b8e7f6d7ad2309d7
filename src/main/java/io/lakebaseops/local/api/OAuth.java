package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Guard;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;

/// OAuth for machines: the client-credentials grant (RFC 6749, section 4.4), as Databricks apps and
/// jobs log in. The client is the one user of this server, its secret the bearer token, and the
/// access token is that token once more: nothing here can be reached that it did not open before.
record OAuth(Guard guard, String user, Supplier<String> host) {
    static final String BASE = "/oidc";
    private static final String TOKEN = BASE + "/v1/token";
    private static final String SCHEME = "Basic ";

    /// When clients ask for another one.
    private static final Duration LIFE = Duration.ofHours(1);

    /// @param id the client's name, which is the user's
    private record Client(@Nullable String id, @Nullable String secret) {}

    void addTo(Router router) {
        router.on(
                "GET",
                BASE + "/.well-known/oauth-authorization-server",
                _ -> Reply.ok(discovery()));
        router.on("POST", TOKEN, this::token);
    }

    private ObjectNode discovery() {
        ObjectNode found = Json.object().put("issuer", host.get() + BASE);
        found.put("authorization_endpoint", host.get() + BASE + "/v1/authorize");
        found.put("token_endpoint", host.get() + TOKEN);
        found.putArray("grant_types_supported").add("client_credentials");
        return found;
    }

    private Reply token(Call call) {
        if (!"client_credentials".equals(call.fields().text("grant_type"))) {
            throw Refusal.of(400, "unsupported_grant_type", "only client_credentials is granted");
        }
        Client client = client(call);
        String secret = client.secret();
        if (!user.equals(client.id()) || secret == null || !guard.knows(secret)) {
            throw Refusal.of(
                    401,
                    "invalid_client",
                    "the client id is the user of this server, its secret the API token");
        }
        ObjectNode granted = Json.object().put("access_token", secret).put("token_type", "Bearer");
        return Reply.ok(granted.put("expires_in", LIFE.toSeconds()).put("scope", "all-apis"));
    }

    /// In the header, or as fields of the form.
    private static Client client(Call call) {
        String header = call.authorization();
        if (header == null || !header.startsWith(SCHEME)) {
            var fields = call.fields();
            return new Client(fields.text("client_id"), fields.text("client_secret"));
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
            return new Client(parts[0], parts.length < 2 ? null : parts[1]);
        } catch (IllegalArgumentException _) {
            throw Refusal.of(401, "invalid_client", "the header holds no name and secret");
        }
    }
}
