package io.lakebaseops.framework;

/// What a tool does: read, change (it returns a plan for the gate) or append history.
public enum ToolKind {
    READ,
    CHANGE,
    HISTORY
}
