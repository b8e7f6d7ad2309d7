package io.lakebaseops.postgres;

import io.lakebaseops.domain.Ident;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one look at a database told us: what tools consult, and what we need ourselves.
///
/// @param extensionSchemas where each extension lives, to name its views without a search path
record Probe(Capabilities capabilities, Map<String, Ident> extensionSchemas) {
    static final SqlName QUERY = new SqlName("capability", "probe");

    Probe {
        extensionSchemas = Map.copyOf(extensionSchemas);
    }

    /// The one row of `capability/probe`; lists of equal length belong together.
    record Row(
            int serverVersion,
            String userName,
            boolean superuser,
            boolean inRecovery,
            List<String> memberOf,
            List<String> extensionNames,
            List<String> extensionVersions,
            List<String> extensionSchemas,
            List<String> availableExtensions,
            List<String> settingNames,
            List<String> settingValues,
            Instant postmasterStart) {
        Probe probe(Instant at) {
            Map<String, Ident> schemas = new HashMap<>();
            for (int i = 0; i < extensionNames.size(); i++) {
                schemas.put(extensionNames.get(i), Ident.of(extensionSchemas.get(i)));
            }
            return new Probe(
                    new Capabilities(
                            serverVersion,
                            userName,
                            superuser,
                            inRecovery,
                            Set.copyOf(memberOf),
                            paired(extensionNames, extensionVersions),
                            Set.copyOf(availableExtensions),
                            paired(settingNames, settingValues),
                            postmasterStart,
                            at),
                    schemas);
        }

        private static Map<String, String> paired(List<String> names, List<String> values) {
            Map<String, String> map = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                @Nullable String value = values.get(i);
                if (value != null) {
                    map.put(names.get(i), value);
                }
            }
            return map;
        }
    }
}
