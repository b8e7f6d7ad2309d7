package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.CatalogRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.state.UnityRules;
import io.lakebaseops.local.api.work.ApiContext;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The Unity Catalog part of the API: catalogs, owners and grants. Catalogs as seen from there,
/// grants on them and on the metastore.
final class UnityCatalogApi {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String METASTORE_ID = "00000000-0000-4000-8000-00000000aca1";

    private final ApiContext plane;

    UnityCatalogApi(ApiContext plane) {
        this.plane = plane;
    }

    void addTo(Router router) {
        router.on("GET", UC + "/metastore_summary", _ -> Reply.ok(metastore()));
        router.on("PATCH", UC + "/metastores/{m}", this::handOverMetastore);
        router.on("GET", UC + "/catalogs", _ -> list());
        router.on("GET", UC + "/catalogs/{c}", call -> Reply.ok(show(name(call.var("c")))));
        router.on("PATCH", UC + "/catalogs/{c}", this::handOver);
        for (String family : List.of("/permissions", "/effective-permissions")) {
            boolean effective = family.startsWith("/effective");
            router.on("GET", UC + family + "/{type}/{name}", call -> grants(call, effective));
        }
        router.on("PATCH", UC + "/permissions/{type}/{name}", this::change);
    }

    private ObjectNode metastore() {
        String owner = plane.read(s -> UnityRules.owner(s, UnityRules.METASTORE, plane.user()));
        return Json.object()
                .put("metastore_id", METASTORE_ID)
                .put("name", UnityRules.METASTORE_NAME)
                .put("owner", owner)
                .put("privilege_model_version", "1.0");
    }

    /// An owner who hands the metastore over has no way back by himself.
    private Reply handOverMetastore(Call call) {
        if (!call.var("m").equals(METASTORE_ID)) {
            throw absent("METASTORE_DOES_NOT_EXIST", "Metastore", call.var("m"));
        }
        handOver(UnityRules.METASTORE, call.fields().text("owner"));
        return Reply.ok(metastore());
    }

    private Reply handOver(Call call) {
        String name = name(call.var("c"));
        catalog(name);
        handOver(name, call.fields().text("owner"));
        return Reply.ok(show(name));
    }

    private void handOver(String securable, @Nullable String owner) {
        if (owner == null) {
            throw Refusal.invalid("owner is the only field that can be changed here");
        }
        plane.workspace()
                .alter(
                        s -> {
                            UnityRules.mayManage(s, securable, plane.user());
                            UnityRules.mustExist(s, owner, plane.user());
                            s.unity().owners().put(securable, owner);
                        });
    }

    private static String name(String id) {
        return Names.catalog(id.toLowerCase(Locale.ROOT));
    }

    private CatalogRow catalog(String name) {
        CatalogRow row = plane.read(s -> s.unity().catalogs().get(name));
        if (row == null) {
            throw absent("CATALOG_DOES_NOT_EXIST", "Catalog", Names.leaf(name));
        }
        return row;
    }

    private static Refusal absent(String code, String kind, String name) {
        return Refusal.of(404, code, kind + " '" + name + "' does not exist.");
    }

    private Reply list() {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("catalogs");
        plane.read(s -> List.copyOf(s.unity().catalogs().keySet())).stream()
                .sorted()
                .forEach(name -> all.add(show(name)));
        return Reply.ok(body);
    }

    private ObjectNode show(String name) {
        CatalogRow row = catalog(name);
        long created = row.createTime().toEpochMilli();
        String owner = plane.read(s -> UnityRules.owner(s, name, plane.user()));
        return Json.object()
                .put("name", row.id())
                .put("full_name", row.id())
                .put("owner", owner)
                .put("catalog_type", "MANAGED_ONLINE_CATALOG")
                .put("securable_type", "CATALOG")
                .put("metastore_id", METASTORE_ID)
                .put("created_at", created)
                .put("updated_at", created);
    }

    private String securable(Call call) {
        String type = call.var("type").toLowerCase(Locale.ROOT);
        String name = call.var("name");
        return switch (type) {
            case "catalog" -> catalog(name(name)).name();
            case "metastore" -> {
                if (!name.equals(METASTORE_ID)) {
                    throw absent("METASTORE_DOES_NOT_EXIST", "Metastore", name);
                }
                yield UnityRules.METASTORE;
            }
            default ->
                    throw Refusal.unsupported(
                            "Local Lakebase keeps grants on catalogs and the metastore only");
        };
    }

    /// Nothing is inherited here: what stands above a catalog, the metastore, has other rights.
    private Reply grants(Call call, boolean effective) {
        String securable = securable(call);
        String only = call.query("principal");
        Map<String, List<String>> all =
                plane.read(s -> new LinkedHashMap<>(s.unity().grantsOn(securable)));
        ObjectNode body = Json.object();
        ArrayNode assignments = body.putArray("privilege_assignments");
        all.forEach(
                (principal, privileges) -> {
                    if (only == null || only.isEmpty() || only.equals(principal)) {
                        ObjectNode one = assignments.addObject().put("principal", principal);
                        ArrayNode list = one.putArray("privileges");
                        privileges.forEach(
                                p -> {
                                    if (effective) {
                                        list.addObject().put("privilege", p);
                                    } else {
                                        list.add(p);
                                    }
                                });
                    }
                });
        return Reply.ok(body);
    }

    private Reply change(Call call) {
        String securable = securable(call);
        List<Fields> changes = call.fields().list("changes");
        plane.workspace()
                .alter(
                        s -> {
                            UnityRules.mayManage(s, securable, plane.user());
                            changes.forEach(c -> check(s, securable, c));
                            changes.forEach(c -> apply(s, securable, c));
                        });
        return grants(call, false);
    }

    private void check(State state, String securable, Fields change) {
        UnityRules.mustExist(state, principal(change), plane.user());
        change.texts("add").forEach(p -> UnityRules.applicable(securable, p));
        change.texts("remove").forEach(p -> UnityRules.applicable(securable, p));
    }

    private static void apply(State state, String securable, Fields change) {
        String principal = principal(change);
        SortedSet<String> held =
                new TreeSet<>(state.unity().grantsOn(securable).getOrDefault(principal, List.of()));
        held.addAll(change.texts("add"));
        change.texts("remove").forEach(held::remove);
        state.unity().grant(securable, principal, List.copyOf(held));
    }

    private static String principal(Fields change) {
        String principal = change.text("principal");
        if (principal == null || principal.isEmpty()) {
            throw Refusal.invalid("a change needs its principal");
        }
        return principal;
    }
}
