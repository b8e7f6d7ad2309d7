package io.lakebaseops.framework;

/// Something an agent can do. A tool reads (`ReadTool`) or proposes a change (`ChangeTool`); it has
/// no way to change anything itself.
///
/// @param <I> the input record; its components are the JSON schema
/// @param <O> the output record
public sealed interface Tool<I extends Record, O extends Record> permits ReadTool, ChangeTool {
    ToolDescriptor descriptor();

    Class<I> inputType();
}
