package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Catalogs, groups, owners and grants of Unity Catalog.
///
/// @param catalogs by full name, `catalogs/prod_shop`
/// @param groups by id
/// @param owners by securable, `metastore` or `catalogs/prod_shop`
/// @param grants privileges by securable and principal
public record Unity(
        Map<String, CatalogRow> catalogs,
        Map<String, GroupRow> groups,
        Map<String, String> owners,
        Map<String, Map<String, List<String>>> grants) {
    public Unity {
        catalogs = copy(catalogs);
        groups = copy(groups);
        owners = copy(owners);
        grants = copy(grants);
        grants.replaceAll((_, byPrincipal) -> copy(byPrincipal));
    }

    static Unity empty() {
        return new Unity(Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static <T> Map<String, T> copy(@Nullable Map<String, T> map) {
        return map == null ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
    }

    public Map<String, List<String>> grantsOn(String securable) {
        return grants.getOrDefault(securable, Map.of());
    }

    /// A principal without privileges is not listed.
    public void grant(String securable, String principal, List<String> privileges) {
        Map<String, List<String>> all =
                grants.computeIfAbsent(securable, _ -> new LinkedHashMap<>());
        if (privileges.isEmpty()) {
            all.remove(principal);
        } else {
            all.put(principal, new ArrayList<>(privileges));
        }
    }

    /// A catalog's rights go with it.
    public void forget(String catalog) {
        catalogs.remove(catalog);
        owners.remove(catalog);
        grants.remove(catalog);
    }
}
