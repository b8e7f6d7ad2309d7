package io.lakebaseops.framework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The three agents with the tools that name them.
public final class StandardAgents {
    private static final Map<String, String> TITLES = titles();

    private StandardAgents() {}

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        titles.put("provisioning", "Provisioning & DevOps");
        titles.put("performance", "Performance & Optimization");
        titles.put("health", "Health & Self-Recovery");
        return titles;
    }

    public static List<Agent> of(ToolCatalog catalog) {
        var byAgent = new LinkedHashMap<String, List<ToolDescriptor>>();
        TITLES.keySet().forEach(name -> byAgent.put(name, new ArrayList<>()));
        for (var tool : catalog.all()) {
            var d = tool.descriptor();
            var tools = byAgent.get(d.agent());
            if (tools == null) {
                throw new IllegalArgumentException(
                        "Tool %s is of agent %s, of which there is none: %s"
                                .formatted(d.name(), d.agent(), TITLES.keySet()));
            }
            tools.add(d);
        }
        return byAgent.entrySet().stream()
                .map(e -> new Agent(e.getKey(), TITLES.getOrDefault(e.getKey(), ""), e.getValue()))
                .toList();
    }
}
