package io.lakebaseops.local.api;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.CredentialRow;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.work.ApiContext;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/// The credential family: issues the short-lived passwords of endpoints. Several are valid at once.
final class Credentials {
    private static final Pattern ENDPOINT =
            Pattern.compile("projects/[^/]+/branches/[^/]+/endpoints/[^/]+");

    private final ApiContext plane;
    private final SecureRandom random = new SecureRandom();

    Credentials(ApiContext plane) {
        this.plane = plane;
    }

    void addTo(Router router) {
        router.on("POST", "/api/2.0/postgres/credentials", this::issue);
    }

    private Reply issue(Call call) {
        Fields body = call.fields();
        String endpoint = body.text("endpoint");
        if (endpoint == null || !ENDPOINT.matcher(endpoint).matches()) {
            throw Refusal.invalid(
                    "endpoint must be the full name of an endpoint:"
                            + " projects/{p}/branches/{b}/endpoints/{e}");
        }
        if (!body.list("claims").isEmpty()) {
            throw Refusal.unsupported("Local Lakebase issues no restricted credentials");
        }
        String uid = plane.read(s -> s.endpoint(endpoint).uid());
        Instant until = plane.now().plus(life(body));
        String token = token();
        CredentialRow row = new CredentialRow(Logins.hash(token), uid, plane.user(), until);
        plane.workspace().credentials().add(row);
        var reply = Json.object().put("token", token);
        Json.time(reply, "expire_time", until);
        return Reply.ok(reply);
    }

    private Duration life(Fields body) {
        Duration ttl = body.duration("ttl");
        Instant until = body.time("expire_time");
        if (ttl != null && until != null) {
            throw Refusal.invalid("ttl and expire_time must not both be set");
        }
        Duration asked = until != null ? Duration.between(plane.now(), until) : ttl;
        if (asked != null
                && (asked.compareTo(Limits.SHORTEST_TOKEN) < 0
                        || asked.compareTo(Limits.LONGEST_TOKEN) > 0)) {
            throw Refusal.invalid("a credential lives between 300s and 3600s");
        }
        Duration life = asked == null ? Limits.LONGEST_TOKEN : asked;
        Duration most = plane.limits().tokenTtl();
        return most != null && most.compareTo(life) < 0 ? most : life;
    }

    private String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return "lbo_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
