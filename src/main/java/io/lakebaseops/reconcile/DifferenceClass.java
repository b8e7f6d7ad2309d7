package io.lakebaseops.reconcile;

/// What is wrong with a key.
public enum DifferenceClass {
    /// The row is not in Delta.
    MISSING("missing"),
    /// The row is in Delta alone.
    EXTRA("extra"),
    /// Delta holds other values, as of an older version of the row.
    STALE("stale"),
    /// The value was changed by the type it is kept in: rounded, cut, padded.
    TYPE_DRIFT("type drift"),
    /// A moment is off by whole quarters of an hour.
    TIME_ZONE("time zone"),
    /// A floating-point number lost digits.
    FLOAT("float");

    private final String label;

    DifferenceClass(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
