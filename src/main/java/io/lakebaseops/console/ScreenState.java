package io.lakebaseops.console;

/// How far what a screen shows may be trusted.
public enum ScreenState {
    /// Nothing read yet.
    LOADING,
    READY,
    /// Read, and there is nothing to show.
    EMPTY,
    /// The last good data, no longer fresh.
    STALE,
    /// Could not be read; earlier data, if any, stays visible and greyed.
    FAILED
}
