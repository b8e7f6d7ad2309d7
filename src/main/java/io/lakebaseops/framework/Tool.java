package io.lakebaseops.framework;

import java.lang.reflect.ParameterizedType;

/// Something an agent can do. A tool reads (`ReadTool`) or proposes a change (`ChangeTool`); it has
/// no way to change anything itself.
///
/// @param <I> the input record; its components are the JSON schema
/// @param <O> the output record
public sealed interface Tool<I extends Record, O extends Record> permits ReadTool, ChangeTool {
    ToolDescriptor descriptor();

    /// The input record, from the tool's own type arguments.
    @SuppressWarnings("unchecked") // the first argument is I by the declaration of both kinds
    default Class<I> inputType() {
        for (var type : getClass().getGenericInterfaces()) {
            if (type instanceof ParameterizedType kind
                    && (kind.getRawType() == ReadTool.class
                            || kind.getRawType() == ChangeTool.class)) {
                return (Class<I>) kind.getActualTypeArguments()[0];
            }
        }
        throw new IllegalStateException(getClass() + " does not say what its input is");
    }
}
