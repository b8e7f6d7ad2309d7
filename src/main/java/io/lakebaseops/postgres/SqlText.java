package io.lakebaseops.postgres;

/// A statement rendered from a template of the library: identifiers filled in and quoted, values
/// still as `:name` markers. This is what a plan's step holds and a person approves.
public record SqlText(SqlName name, String text) {
    @Override
    public String toString() {
        return text;
    }
}
