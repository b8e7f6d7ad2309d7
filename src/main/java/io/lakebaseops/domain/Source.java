package io.lakebaseops.domain;

/// The origin of a number. Travels with every value up to the screen.
public enum Source {
    /// Measured on the target just now.
    LIVE,
    /// Read back from our history.
    STORED,
    /// Generated for demonstration; never mixed with measured values.
    SIMULATED,
    /// Could not be had; the reason stands beside it.
    UNAVAILABLE
}
