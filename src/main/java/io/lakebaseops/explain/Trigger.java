package io.lakebaseops.explain;

/// A trigger that a statement ran, with its whole time.
///
/// @param name of the trigger or of the constraint it enforces
public record Trigger(String name, double millis, double calls) {}
