package io.lakebaseops.framework;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tools exist: a visible list, no scanning. A tool that is not built is not in it.
public final class ToolCatalog {
    private final Map<String, Tool<?, ?>> byName;

    public ToolCatalog(List<? extends Tool<?, ?>> tools) {
        var map = new LinkedHashMap<String, Tool<?, ?>>();
        for (var tool : tools) {
            if (map.put(tool.descriptor().name(), tool) != null) {
                throw new IllegalArgumentException("Two tools named " + tool.descriptor().name());
            }
        }
        byName = java.util.Collections.unmodifiableMap(map);
    }

    public List<Tool<?, ?>> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Tool<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
