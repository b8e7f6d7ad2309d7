package io.lakebaseops.domain.plan;

/// Whether a step can be taken back.
public enum Reversibility {
    /// Nothing lasting changes that anyone could want back (VACUUM, a captured plan).
    HARMLESS,
    /// The undo restores the earlier state exactly (an index from its definition).
    REVERSIBLE,
    /// It can be made good, not undone (an ended session reconnects).
    RECOVERABLE,
    /// Data or state is lost for good.
    IRREVERSIBLE
}
