package io.lakebaseops.domain;

/// How sure a finding is, and why.
///
/// @param value 0 to 1
public record Confidence(double value, String reason) {
    public Confidence {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("Confidence must lie in 0..1 but is " + value);
        }
    }
}
