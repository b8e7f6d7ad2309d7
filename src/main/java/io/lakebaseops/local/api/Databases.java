package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.DATABASE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Page;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.DatabaseRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;
import io.lakebaseops.local.compute.ComputeHost.DatabaseSpec;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The database family: each is a database in the branch's PostgreSQL with a role as its owner.
final class Databases {
    static final String FIRST = "databricks_postgres";
    private static final String PATH = "/api/2.0/postgres/projects/{p}/branches/{b}/databases";
    private static final UpdateMask.Known MASK =
            UpdateMask.known().field("spec.postgres_database").field("spec.role");

    private final ApiContext plane;
    private final CatalogReconciler truth;

    Databases(ApiContext plane) {
        this.plane = plane;
        this.truth = new CatalogReconciler(plane);
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH, this::list);
        router.on("GET", PATH + "/{d}", call -> Reply.ok(show(name(call))));
        router.on("PATCH", PATH + "/{d}", this::update);
        router.on("DELETE", PATH + "/{d}", this::delete);
    }

    /// The database every branch starts with; the machine room makes it with the branch.
    static DatabaseRow first(RoleRow owner, Instant now) {
        String id = Names.idFrom("database", FIRST);
        return new DatabaseRow(owner.branch(), id, now, now, FIRST, owner.name());
    }

    private static String name(Call call) {
        return Names.database(Branches.name(call), call.var("d"));
    }

    private ObjectNode show(String name) {
        return view(plane.read(s -> s.database(name)));
    }

    private Reply list(Call call) {
        String branch = Branches.name(call);
        truth.refresh(branch);
        List<DatabaseRow> rows = plane.read(s -> s.databasesOf(s.liveBranch(branch).name()));
        return Page.of(
                call, "databases", rows, d -> SortKey.key(d.createTime(), d.id()), Databases::view);
    }

    private Reply create(Call call) {
        String branch = Branches.name(call);
        Fields spec = call.fields().object("spec");
        plane.read(s -> s.liveBranch(branch));
        String sqlName = spec.text("postgres_database");
        if (sqlName == null || sqlName.isEmpty()) {
            throw Refusal.invalid("database.spec.postgres_database is required");
        }
        String role = spec.text("role");
        if (role == null || role.isEmpty()) {
            throw Refusal.invalid("database.spec.role is required");
        }
        String given = call.query("database_id");
        String id =
                given == null || given.isEmpty()
                        ? Names.idFrom("database", sqlName)
                        : Names.checkLongId("database_id", given);
        DatabaseRow row = new DatabaseRow(branch, id, plane.now(), plane.now(), sqlName, role);
        DatabaseRow there = plane.read(s -> s.databases().get(row.name()));
        if (there != null && call.flag("replace_existing")) {
            return alter(Verb.CREATE, there.name(), sqlName, role);
        }
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                DATABASE,
                                row.name(),
                                List.of(branch),
                                s -> mayBeMade(s, row),
                                () -> make(row),
                                () -> {},
                                () -> show(row.name())));
    }

    private static void mayBeMade(State state, DatabaseRow row) {
        owner(state, row.branch(), row.role());
        boolean taken =
                state.databasesOf(row.branch()).stream()
                        .anyMatch(
                                d ->
                                        d.id().equals(row.id())
                                                || d.postgresDatabase()
                                                        .equals(row.postgresDatabase()));
        if (taken) {
            throw Refusal.badRequest("database with that name already exists");
        }
    }

    private static RoleRow owner(State state, String branch, String role) {
        if (!Names.parent(role).equals(branch)) {
            throw Refusal.invalid("database.spec.role must name a role of " + branch);
        }
        return state.role(role);
    }

    private void make(DatabaseRow row) {
        String owner =
                plane.read(
                        s -> {
                            mayBeMade(s, row);
                            return owner(s, row.branch(), row.role()).postgresRole();
                        });
        plane.room().createDatabase(uid(row), new DatabaseSpec(row.postgresDatabase(), owner));
        plane.workspace().alter(s -> s.databases().put(row.name(), row));
    }

    private Reply update(Call call) {
        String name = name(call);
        UpdateMask mask = MASK.read(call);
        Fields spec = call.fields().object("spec");
        DatabaseRow row = plane.read(s -> s.database(name));
        String sqlName = mask.has("spec.postgres_database") ? spec.text("postgres_database") : null;
        String role = mask.has("spec.role") ? spec.text("role") : null;
        return alter(
                Verb.UPDATE,
                name,
                sqlName == null ? row.postgresDatabase() : sqlName,
                role == null ? row.role() : role);
    }

    private Reply alter(Verb verb, String name, String sqlName, String role) {
        return plane.operations()
                .start(
                        new Job(
                                verb,
                                DATABASE,
                                name,
                                List.of(Names.parent(name)),
                                s -> Objects.requireNonNull(mayBecome(s, name, sqlName, role)),
                                () -> change(name, sqlName, role),
                                () -> {},
                                () -> show(name)));
    }

    /// The owner it would have; refused when the name is taken or the role is none of its branch.
    private static RoleRow mayBecome(State state, String name, String sqlName, String role) {
        DatabaseRow row = state.database(name);
        boolean taken =
                state.databasesOf(row.branch()).stream()
                        .anyMatch(
                                d ->
                                        !d.name().equals(name)
                                                && d.postgresDatabase().equals(sqlName));
        if (taken) {
            throw Refusal.badRequest("database with that name already exists");
        }
        return owner(state, row.branch(), role);
    }

    private void change(String name, String sqlName, String role) {
        DatabaseRow row = plane.read(s -> s.database(name));
        String owner = plane.read(s -> mayBecome(s, name, sqlName, role)).postgresRole();
        plane.room()
                .alterDatabase(uid(row), row.postgresDatabase(), new DatabaseSpec(sqlName, owner));
        plane.workspace().alter(s -> s.databases().put(name, row.with(sqlName, role, plane.now())));
    }

    private Reply delete(Call call) {
        String name = name(call);
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                DATABASE,
                                name,
                                List.of(Branches.name(call)),
                                s -> s.database(name),
                                () -> {
                                    DatabaseRow row = plane.read(s -> s.database(name));
                                    plane.room().dropDatabase(uid(row), row.postgresDatabase());
                                    plane.workspace().alter(s -> s.databases().remove(name));
                                },
                                () -> {},
                                OperationRunner::nothing));
    }

    private String uid(DatabaseRow row) {
        return plane.read(s -> s.liveBranch(row.branch()).uid());
    }

    private static ObjectNode view(DatabaseRow row) {
        ObjectNode view = Json.object().put("name", row.name());
        view.put("database_id", row.id()).put("parent", row.branch());
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.updateTime());
        view.putObject("status")
                .put("database_id", row.id())
                .put("postgres_database", row.postgresDatabase())
                .put("role", row.role());
        return view;
    }
}
