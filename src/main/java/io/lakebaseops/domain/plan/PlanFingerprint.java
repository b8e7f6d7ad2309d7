package io.lakebaseops.domain.plan;

import java.util.regex.Pattern;

/// The SHA-256 of a plan's canonical text: two plans with the same fingerprint read the same, run
/// the same and expire at the same moment.
public record PlanFingerprint(String hex) {
    /// Of the canonical text; plans stored under an earlier one must be planned again.
    public static final int FORM = 2;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public PlanFingerprint {
        if (!SHA_256.matcher(hex).matches()) {
            throw new IllegalArgumentException("Not a SHA-256 in hex: " + hex);
        }
    }

    /// The first seven digits, as people compare them.
    public String brief() {
        return hex.substring(0, 7);
    }
}
