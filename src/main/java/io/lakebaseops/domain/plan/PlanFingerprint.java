package io.lakebaseops.domain.plan;

/// The SHA-256 of a plan's canonical text: two plans with the same fingerprint read the same, run
/// the same and expire at the same moment.
public record PlanFingerprint(String hex) {
    /// Of the canonical text; plans stored under an earlier one must be planned again.
    public static final int FORM = 2;

    public PlanFingerprint {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256 in hex: " + hex);
        }
    }

    static PlanFingerprint of(ChangePlan plan) {
        return new PlanFingerprint(CanonicalPlan.fingerprint(plan));
    }

    /// The first seven digits, as people compare them.
    public String brief() {
        return hex.substring(0, 7);
    }
}
