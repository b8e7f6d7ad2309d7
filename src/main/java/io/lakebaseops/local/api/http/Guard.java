package io.lakebaseops.local.api.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Checks the bearer token of a request. Whoever holds the bearer token; discovery alone is open,
/// as clients read it before they log in.
public final class Guard {
    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    public Guard(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    void check(String path, @Nullable String authorization) {
        if (path.startsWith("/.well-known/") || path.startsWith("/oidc/")) {
            return;
        }
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw Refusal.of(
                    401, "UNAUTHENTICATED", "Credential was not sent: bearer token needed");
        }
        String given = authorization.substring(SCHEME.length()).strip();
        // Compares in constant time, so that the token cannot be guessed byte by byte.
        if (!MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.of(403, "PERMISSION_DENIED", "Invalid access token");
        }
    }
}
