package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.GroupRow;
import io.lakebaseops.local.api.work.ApiContext;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Groups of people in the workspace and the account. Made through the account they are known
/// everywhere, made through the workspace only here, which Unity Catalog does not count.
final class Groups {
    private static final String HERE = "/api/2.0/preview/scim/v2/Groups";
    private static final String ACCOUNT = "/api/2.0/accounts/{a}/scim/v2/Groups";
    private static final Pattern BY_NAME =
            Pattern.compile("displayName eq \"(.*)\"", Pattern.CASE_INSENSITIVE);

    private final ApiContext plane;
    private final SecureRandom random = new SecureRandom();

    Groups(ApiContext plane) {
        this.plane = plane;
    }

    void addTo(Router router) {
        router.on("POST", HERE, call -> create(call, false));
        router.on("POST", ACCOUNT, call -> create(call, true));
        router.on("GET", HERE, call -> list(call, false));
        router.on("GET", ACCOUNT, call -> list(call, true));
        for (String path : List.of(HERE, ACCOUNT)) {
            router.on("GET", path + "/{g}", call -> Reply.ok(view(group(call))));
            router.on("DELETE", path + "/{g}", this::delete);
        }
    }

    private Reply create(Call call, boolean ofAccount) {
        String name = call.fields().text("displayName");
        if (name == null || name.isBlank()) {
            throw Refusal.invalid("a group needs its displayName");
        }
        String id = Long.toString(random.nextLong(1L << 40, 1L << 50));
        GroupRow row = new GroupRow(id, name, ofAccount);
        plane.workspace()
                .alter(
                        s -> {
                            if (s.unity().groups().values().stream()
                                    .anyMatch(g -> g.displayName().equals(name))) {
                                throw Refusal.of(
                                        409,
                                        "RESOURCE_ALREADY_EXISTS",
                                        "Group with name " + name + " already exists.");
                            }
                            s.unity().groups().put(id, row);
                        });
        return Reply.ok(view(row));
    }

    /// The account knows nothing of a workspace's own groups.
    private Reply list(Call call, boolean accountOnly) {
        String wanted = nameIn(call.query("filter"));
        List<GroupRow> found =
                plane.read(s -> List.copyOf(s.unity().groups().values())).stream()
                        .filter(g -> g.ofAccount() || !accountOnly)
                        .filter(g -> wanted == null || g.displayName().equals(wanted))
                        .toList();
        // SCIM counts from 1; whoever asks for more gets an empty page.
        boolean first = List.of("1", "0").contains(call.query().getOrDefault("startIndex", "1"));
        ObjectNode body = Json.object();
        body.put("totalResults", found.size()).put("startIndex", 1);
        body.put("itemsPerPage", first ? found.size() : 0);
        ArrayNode all = body.putArray("Resources");
        if (first) {
            found.forEach(g -> all.add(view(g)));
        }
        return Reply.ok(body);
    }

    private static @Nullable String nameIn(@Nullable String filter) {
        if (filter == null || filter.isEmpty()) {
            return null;
        }
        Matcher byName = BY_NAME.matcher(filter);
        if (!byName.matches()) {
            throw Refusal.unsupported("Local Lakebase finds groups by displayName eq only");
        }
        return byName.group(1).replace("\\\"", "\"");
    }

    private GroupRow group(Call call) {
        GroupRow row = plane.read(s -> s.unity().groups().get(call.var("g")));
        if (row == null) {
            throw Refusal.of(
                    404,
                    "RESOURCE_DOES_NOT_EXIST",
                    "Group with id " + call.var("g") + " not found.");
        }
        return row;
    }

    private Reply delete(Call call) {
        GroupRow row = group(call);
        plane.workspace()
                .alter(
                        s -> {
                            s.unity().groups().remove(row.id());
                            s.unity().grants().values().forEach(g -> g.remove(row.displayName()));
                        });
        return Reply.ok(Json.object());
    }

    private static ObjectNode view(GroupRow row) {
        ObjectNode view = Json.object().put("id", row.id()).put("displayName", row.displayName());
        view.putObject("meta").put("resourceType", row.ofAccount() ? "Group" : "WorkspaceGroup");
        return view;
    }
}
