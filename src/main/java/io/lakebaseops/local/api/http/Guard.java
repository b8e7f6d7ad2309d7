package io.lakebaseops.local.api.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;

/// Checks the bearer token of a request. Whoever holds the bearer token; discovery alone is open,
/// as clients read it before they log in.
public final class Guard {
    private static final String SCHEME = "Bearer ";

    /// Discovery, and links to results, whose secret is in their path.
    private static final List<String> OPEN =
            List.of("/.well-known/", "/oidc/", "/warehouse-results/");

    /// A page of the web that makes its name lead to this machine asks by that name, in what is
    /// open to all.
    private static final Pattern HERE =
            Pattern.compile(
                    "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?",
                    Pattern.CASE_INSENSITIVE);

    private final byte[] token;

    public Guard(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    void check(String path, @Nullable String authorization, @Nullable String host) {
        if (OPEN.stream().anyMatch(path::startsWith)) {
            if (host != null && !HERE.matcher(host).matches()) {
                throw Refusal.of(
                        403, "PERMISSION_DENIED", "this server is asked by this machine's names");
            }
            return;
        }
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw Refusal.of(
                    401, "UNAUTHENTICATED", "Credential was not sent: bearer token needed");
        }
        if (!knows(authorization.substring(SCHEME.length()).strip())) {
            throw Refusal.of(403, "PERMISSION_DENIED", "Invalid access token");
        }
    }

    /// Compares in constant time, so that the token cannot be guessed byte by byte.
    public boolean knows(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
