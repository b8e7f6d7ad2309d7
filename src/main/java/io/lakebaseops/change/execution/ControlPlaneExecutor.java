package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.Step.ApiAct;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.lakebase.ControlPlane.NewBranch;
import io.lakebaseops.lakebase.ControlPlane.NewProject;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.TreeSet;

/// Which call does an act of a plan make? One act, one change; what is so already is left alone.
public final class ControlPlaneExecutor {
    private ControlPlaneExecutor() {}

    public static void run(
            ControlPlane plane, ApiAct act, Deadline deadline, OperationProgress progress) {
        switch (act) {
            case ApiAct.CreateBranch c ->
                    plane.createBranch(
                            new NewBranch(
                                    c.project(),
                                    c.branch(),
                                    c.source(),
                                    time(c.ttlSeconds()),
                                    c.isProtected(),
                                    c.at(),
                                    null),
                            deadline,
                            progress);
            case ApiAct.DeleteBranch d -> {
                // Gone already: its expiry came first, or this is the second run of an undo.
                if (plane.branch(d.project(), d.branch(), deadline).isPresent()) {
                    plane.deleteBranch(d.project(), d.branch(), deadline);
                }
            }
            case ApiAct.UndeleteBranch u -> plane.undeleteBranch(u.project(), u.branch(), deadline);
            case ApiAct.PurgeBranch p -> plane.purgeBranch(p.project(), p.branch(), deadline);
            case ApiAct.ProtectBranch p -> {
                // Nothing is to be unprotected where nothing is: an undo of what was half made.
                if (p.isProtected()
                        || plane.branch(p.project(), p.branch(), deadline).isPresent()) {
                    plane.protectBranch(p.project(), p.branch(), p.isProtected(), deadline);
                }
            }
            case ApiAct.SetExpiry s ->
                    plane.expireBranch(s.project(), s.branch(), time(s.ttlSeconds()), deadline);
            case ApiAct.CreateProject c ->
                    plane.createProject(
                            new NewProject(
                                    c.project(),
                                    c.displayName(),
                                    c.minCu(),
                                    c.maxCu(),
                                    time(c.suspendSeconds()),
                                    c.isProtected(),
                                    c.tags()),
                            deadline,
                            progress);
            case ApiAct.DeleteProject d -> {
                if (plane.project(d.project(), deadline).isPresent()) {
                    plane.deleteProject(d.project(), deadline);
                }
            }
            case ApiAct.TagProject t -> plane.tagProject(t.project(), t.tags(), deadline);
            case ApiAct.ShapeEndpoint e ->
                    plane.shapeEndpoint(
                            e.project(),
                            e.branch(),
                            e.endpoint(),
                            new EndpointConfig(
                                    e.readWrite(),
                                    e.minCu(),
                                    e.maxCu(),
                                    time(e.suspendSeconds()),
                                    e.disabled(),
                                    e.settings()),
                            deadline);
            case ApiAct.EnsureRole r ->
                    plane.ensureRole(
                            r.project(),
                            r.branch(),
                            new ControlPlane.Role(
                                    r.role(),
                                    r.identity(),
                                    r.login(),
                                    r.createDb(),
                                    r.createRole(),
                                    r.bypassRls(),
                                    r.superuser()),
                            deadline);
            case ApiAct.CatalogAct c -> run(plane.unity(), c, deadline, progress);
        }
    }

    private static void run(
            UnityCatalog unity,
            ApiAct.CatalogAct act,
            Deadline deadline,
            OperationProgress progress) {
        switch (act) {
            case ApiAct.RegisterCatalog r ->
                    unity.register(
                            new Registration(r.catalog(), r.project(), r.branch(), r.database()),
                            r.makeDatabase(),
                            deadline,
                            progress);
            case ApiAct.UnregisterCatalog u ->
                    unity.unregister(
                            new Registration(u.catalog(), u.project(), u.branch(), u.database()),
                            deadline);
            case ApiAct.GrantOnCatalog g ->
                    unity.grant(
                            g.catalog(), g.principal(), new TreeSet<>(g.privileges()), deadline);
            case ApiAct.RevokeOnCatalog r ->
                    unity.revoke(
                            r.catalog(), r.principal(), new TreeSet<>(r.privileges()), deadline);
        }
    }

    private static @Nullable Duration time(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
