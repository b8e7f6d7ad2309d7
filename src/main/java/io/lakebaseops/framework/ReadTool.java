package io.lakebaseops.framework;

/// A tool that reads the target or appends to our own history.
public non-sealed interface ReadTool<I extends Record, O extends Record> extends Tool<I, O> {
    Outcome<O> run(I input, ToolContext context);
}
