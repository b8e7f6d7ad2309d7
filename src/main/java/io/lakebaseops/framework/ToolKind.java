package io.lakebaseops.framework;

/// Does a tool read, change (it returns a plan for the gate) or append history?
public enum ToolKind {
    READ,
    CHANGE,
    HISTORY
}
