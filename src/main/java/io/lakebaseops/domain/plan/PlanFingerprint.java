package io.lakebaseops.domain.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over target, steps, undo and preconditions: two plans with the same fingerprint do the
/// same thing to the same object. Records print all their components, so nothing is left out; only
/// sizes are compared roughly.
public record PlanFingerprint(String hex) {
    public PlanFingerprint {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256 in hex: " + hex);
        }
    }

    static PlanFingerprint of(ChangePlan plan) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, plan.target().key());
            plan.steps().forEach(s -> add(digest, s.roughly().toString()));
            plan.undo().steps().forEach(s -> add(digest, "undo " + s.roughly()));
            plan.preconditions().forEach(p -> add(digest, "if " + p));
            return new PlanFingerprint(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        // Length first, so that no two lists of parts run together into the same bytes.
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    /// The first seven digits, as people compare them.
    public String brief() {
        return hex.substring(0, 7);
    }
}
