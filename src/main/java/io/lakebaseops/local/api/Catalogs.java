package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.CATALOG;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.CatalogRow;
import io.lakebaseops.local.api.state.DatabaseRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.state.UnityRules;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;
import io.lakebaseops.local.compute.ComputeHost.DatabaseSpec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The catalog family: each registers a database of a branch in Unity Catalog. A database has one
/// registration at a time, and a branch copied after it inherits the fact.
final class Catalogs {
    private static final String PATH = "/api/2.0/postgres/catalogs";

    private final ApiContext plane;
    private final CatalogReconciler truth;

    Catalogs(ApiContext plane) {
        this.plane = plane;
        this.truth = new CatalogReconciler(plane);
    }

    /// There is no list and no change: a catalog is found by its name and stays as it was made.
    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH + "/{c}", call -> Reply.ok(show(name(call))));
        router.on("DELETE", PATH + "/{c}", call -> delete(name(call)));
    }

    /// Unity Catalog keeps all names in lower case.
    private static String name(Call call) {
        return Names.catalog(call.var("c").toLowerCase(Locale.ROOT));
    }

    private ObjectNode show(String name) {
        return view(plane.read(s -> s.catalog(name)));
    }

    private Reply create(Call call) {
        String id = UnityRules.checkCatalogId(call.required("catalog_id")).toLowerCase(Locale.ROOT);
        Fields spec = call.fields().object("spec");
        String branch = required(spec, "branch");
        String database = required(spec, "postgres_database");
        boolean make = spec.flag("create_database_if_missing", false);
        UnityRules.mayBeRegistered(database);
        plane.read(
                s -> {
                    UnityRules.mayCreateCatalogs(s, plane.user());
                    return s.liveBranch(branch);
                });
        truth.refresh(branch);
        CatalogRow row =
                new CatalogRow(id, UUID.randomUUID().toString(), plane.now(), branch, database);
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                CATALOG,
                                row.name(),
                                List.of(branch, row.name()),
                                s -> mayBeMade(s, row, make),
                                () -> register(row, make),
                                () -> {},
                                () -> show(row.name())));
    }

    private static String required(Fields spec, String field) {
        String value = spec.text(field);
        if (value == null || value.isEmpty()) {
            throw Refusal.invalid("catalog.spec." + field + " is required");
        }
        return value;
    }

    private void mayBeMade(State state, CatalogRow row, boolean make) {
        UnityRules.mayCreateCatalogs(state, plane.user());
        state.liveBranch(row.branch());
        if (state.unity().catalogs().containsKey(row.name())) {
            throw Refusal.exists("catalog with such id already exists");
        }
        Optional<DatabaseRow> database = database(state, row);
        if (database.isEmpty() && !make) {
            throw Refusal.invalid(
                    "database \"%s\" does not exist on %s"
                            .formatted(row.postgresDatabase(), row.branch()));
        }
        database.map(DatabaseRow::catalog)
                .filter(state.unity().catalogs()::containsKey)
                .ifPresent(
                        taken -> {
                            throw Refusal.exists(
                                    "database \"%s\" of %s is already registered with %s"
                                            .formatted(
                                                    row.postgresDatabase(), row.branch(), taken));
                        });
    }

    private void register(CatalogRow row, boolean make) {
        boolean there =
                plane.read(
                        s -> {
                            mayBeMade(s, row, make);
                            return database(s, row).isPresent();
                        });
        if (!there) {
            makeDatabase(row);
        }
        plane.workspace()
                .alter(
                        s -> {
                            s.unity().catalogs().put(row.name(), row);
                            s.unity().owners().put(row.name(), plane.user());
                            database(s, row)
                                    .map(d -> d.registered(row.name()))
                                    .ifPresent(d -> s.databases().put(d.name(), d));
                        });
    }

    private void makeDatabase(CatalogRow row) {
        String branch = row.branch();
        RoleRow owner =
                plane.read(
                        s ->
                                s.rolesOf(branch).stream()
                                        .filter(r -> r.postgresRole().equals(plane.user()))
                                        .findFirst()
                                        .orElseThrow(() -> Refusal.missing("role")));
        plane.room()
                .createDatabase(
                        plane.read(s -> s.liveBranch(branch).uid()),
                        new DatabaseSpec(row.postgresDatabase(), owner.postgresRole()));
        String id = Names.idFrom("database", row.postgresDatabase());
        DatabaseRow made =
                new DatabaseRow(
                        branch,
                        id,
                        row.createTime(),
                        row.createTime(),
                        row.postgresDatabase(),
                        owner.name());
        plane.workspace().alter(s -> s.databases().put(made.name(), made));
    }

    private static Optional<DatabaseRow> database(State state, CatalogRow row) {
        return state.databasesOf(row.branch()).stream()
                .filter(d -> d.postgresDatabase().equals(row.postgresDatabase()))
                .findFirst();
    }

    private Reply delete(String name) {
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                CATALOG,
                                name,
                                List.of(name),
                                s -> {
                                    s.catalog(name);
                                    SortKey.onlyOnce(s, name);
                                    UnityRules.mayManage(s, name, plane.user());
                                },
                                () -> plane.workspace().alter(s -> s.unity().forget(name)),
                                () -> {},
                                OperationRunner::nothing));
    }

    private static ObjectNode view(CatalogRow row) {
        ObjectNode view = Json.object().put("name", row.name()).put("uid", row.uid());
        view.put("catalog_id", row.id());
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.createTime());
        view.putObject("status")
                .put("catalog_id", row.id())
                .put("branch", row.branch())
                .put("postgres_database", row.postgresDatabase())
                .put("project", Names.parent(row.branch()));
        return view;
    }
}
