package io.lakebaseops.agents.provisioning.project;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A project as it shall look when it is finished.
///
/// @param schemas to be there in production's database
/// @param suspendAfter null = never
record ProjectSpec(
        String id,
        String displayName,
        List<TreePattern.Node> nodes,
        List<String> schemas,
        Map<String, String> tags,
        double minCu,
        double maxCu,
        @Nullable Duration suspendAfter) {
    ProjectSpec {
        nodes = List.copyOf(nodes);
        schemas = List.copyOf(schemas);
        tags = Map.copyOf(new TreeMap<>(tags));
    }
}
