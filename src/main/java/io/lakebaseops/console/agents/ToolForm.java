package io.lakebaseops.console.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolSchema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A form for one tool, made from its input schema.
public final class ToolForm {
    private final ToolDescriptor tool;
    private final List<FormField> fields;

    public ToolForm(Tool<?, ?> tool) {
        this(tool.descriptor(), ToolSchema.of(tool));
    }

    ToolForm(ToolDescriptor tool, JsonNode schema) {
        this.tool = tool;
        var required = new HashSet<String>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        var list = new ArrayList<FormField>();
        schema.path("properties")
                .properties()
                .forEach(
                        p ->
                                list.add(
                                        new FormField(
                                                p.getKey(),
                                                p.getValue(),
                                                required.contains(p.getKey()))));
        fields = List.copyOf(list);
    }

    public ToolDescriptor tool() {
        return tool;
    }

    public List<FormField> fields() {
        return fields;
    }

    /// The input, when every field does.
    public Optional<JsonNode> input() {
        var input = JsonNodeFactory.instance.objectNode();
        boolean good = true;
        for (var field : fields) {
            var value = field.read();
            good &= field.problemProperty().get().isEmpty();
            if (value != null) {
                input.set(field.name(), value);
            }
        }
        return good ? Optional.of(input) : Optional.empty();
    }
}
