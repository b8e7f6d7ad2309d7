package io.lakebaseops.lakebase;

import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.iam.ComplexValue;
import com.databricks.sdk.service.iam.MeRequest;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;
import io.lakebaseops.lakebase.UnityCatalog.May;
import io.lakebaseops.lakebase.UnityCatalog.Standing;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Grants in Unity Catalog, and what follows from them for us. Owners may do all; what we are
/// through a group counts as ours.
final class SdkGrants {
    static final String CATALOG = "catalog";
    static final String METASTORE = "metastore";

    /// Everybody of the account, as the service names them.
    static final String EVERYBODY = "account users";

    private static final int MOST_TRIES = 3;

    private final SdkCalls calls;

    SdkGrants(SdkCalls calls) {
        this.calls = calls;
    }

    Map<String, SortedSet<String>> on(String type, String name, Deadline deadline) {
        return SdkCalls.found(
                        () ->
                                calls.call(
                                        "Grants on %s %s".formatted(type, name),
                                        deadline,
                                        w ->
                                                byPrincipal(
                                                        w.grants()
                                                                .get(type, name)
                                                                .getPrivilegeAssignments())))
                .orElse(Map.of());
    }

    private static Map<String, SortedSet<String>> byPrincipal(
            @Nullable Collection<PrivilegeAssignment> all) {
        var found = new TreeMap<String, SortedSet<String>>();
        for (var one : all == null ? List.<PrivilegeAssignment>of() : all) {
            var held = found.computeIfAbsent(one.getPrincipal(), _ -> new TreeSet<>());
            if (one.getPrivileges() != null) {
                // One the SDK has no name for comes as null.
                one.getPrivileges().stream()
                        .filter(Objects::nonNull)
                        .forEach(p -> held.add(p.name()));
            }
        }
        return found;
    }

    /// Sent again when the answer was lost: granting twice is granting once.
    void change(
            String catalog,
            String principal,
            SortedSet<String> privileges,
            boolean add,
            Deadline deadline) {
        var list = privileges.stream().map(Privilege::valueOf).toList();
        var change = new PermissionsChange().setPrincipal(principal);
        var request =
                new UpdatePermissions()
                        .setSecurableType(CATALOG)
                        .setFullName(catalog)
                        .setChanges(List.of(add ? change.setAdd(list) : change.setRemove(list)));
        var what = (add ? "Granting on" : "Revoking on") + " catalog " + catalog;
        for (int tries = 1; ; tries++) {
            try {
                calls.call(what, deadline, w -> w.grants().update(request));
                return;
            } catch (OpsException e) {
                if (e.kind() != Kind.UNREACHABLE || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    Standing standing(Deadline deadline) {
        var summary =
                SdkCalls.found(
                        () ->
                                calls.call(
                                        "Metastore of the workspace",
                                        deadline,
                                        w -> w.metastores().summary()));
        if (summary.isEmpty()) {
            return new Standing(null, null, May.NO);
        }
        var store = summary.get();
        var us = us(deadline);
        var may =
                us.contains(String.valueOf(store.getOwner()))
                        ? May.YES
                        : held(METASTORE, store.getMetastoreId(), "CREATE_CATALOG", us, deadline);
        return new Standing(store.getName(), store.getOwner(), may);
    }

    /// @param owner of the catalog
    May manage(String catalog, @Nullable String owner, Deadline deadline) {
        var us = us(deadline);
        if (owner != null && us.contains(owner)) {
            return May.YES;
        }
        var store = standing(deadline).owner();
        return store != null && us.contains(store)
                ? May.YES
                : held(CATALOG, catalog, "MANAGE", us, deadline);
    }

    /// Who may not read grants learns nothing from that.
    private May held(
            String type, String name, String privilege, Set<String> us, Deadline deadline) {
        try {
            return on(type, name, deadline).entrySet().stream()
                            .filter(e -> us.contains(e.getKey()))
                            .map(Map.Entry::getValue)
                            .flatMap(SortedSet::stream)
                            .anyMatch(p -> p.equals(privilege) || p.equals("ALL_PRIVILEGES"))
                    ? May.YES
                    : May.NO;
        } catch (OpsException e) {
            if (e.kind() == Kind.DENIED) {
                return May.UNKNOWN;
            }
            throw e;
        }
    }

    /// Our name and the groups we are in.
    private Set<String> us(Deadline deadline) {
        return calls.call(
                "Asking the workspace who we are",
                deadline,
                w -> {
                    var me = w.currentUser().me(new MeRequest());
                    var names = new HashSet<String>(Set.of(me.getUserName(), EVERYBODY));
                    if (me.getGroups() != null) {
                        me.getGroups().stream()
                                .map(ComplexValue::getDisplay)
                                .filter(Objects::nonNull)
                                .forEach(names::add);
                    }
                    return names;
                });
    }
}
