package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.plan.Step.ApiAct;

import java.util.Map;

/// The canonical text of steps, written field by field.
///
/// Fields and their order are part of stored fingerprints: none may change or go. A new component
/// of a record is added at the end, and `CanonicalPlanTest` fails until it is.
final class CanonicalSteps {
    /// How exactly the size of what a step touches is told.
    enum Sizes {
        /// In steps of two: a table that grows while a plan waits does not make it another plan.
        ROUGH,
        NONE
    }

    private final Sizes sizes;

    CanonicalSteps(Sizes sizes) {
        this.sizes = sizes;
    }

    void write(CanonicalForm out, Step step) {
        switch (step) {
            case Step.SqlStep s -> {
                out.text("kind", "sql").text("title", s.title()).text("database", s.database());
                out.text("sql", s.sql()).each("param", s.params(), CanonicalSteps::param);
                out.text("lock", s.lock()).text("reversibility", s.reversibility());
                out.flag("transactional", s.transactional());
                out.text("lock_timeout", s.lockTimeout());
                out.text("statement_timeout", s.statementTimeout());
                size(out, s.bytesTouched());
            }
            case Step.ScriptStep s -> {
                out.text("kind", "script").text("title", s.title()).text("database", s.database());
                out.each("statement", s.statements(), CanonicalSteps::statement);
                out.text("lock", s.lock()).text("reversibility", s.reversibility());
                out.flag("transactional", s.transactional());
                out.text("lock_timeout", s.lockTimeout());
                out.text("statement_timeout", s.statementTimeout());
                size(out, s.bytesTouched());
                out.flag("traced", s.traced());
            }
            case Step.ApiStep s -> {
                var act = new CanonicalForm();
                act(act, s.act());
                out.text("kind", "api").text("title", s.title()).part("act", act);
                out.text("reversibility", s.reversibility());
            }
        }
    }

    static void param(CanonicalForm out, SqlParam param) {
        out.text("name", param.name()).text("type", param.type()).text("value", param.value());
    }

    private static void statement(CanonicalForm out, Step.ScriptStep.Statement statement) {
        out.text("sql", statement.sql()).each("param", statement.params(), CanonicalSteps::param);
    }

    private void size(CanonicalForm out, long bytes) {
        if (sizes == Sizes.ROUGH) {
            out.number("bytes", Long.highestOneBit(bytes));
        }
    }

    private static void act(CanonicalForm out, ApiAct act) {
        switch (act) {
            case ApiAct.CreateBranch a -> {
                out.text("kind", "create_branch").text("project", a.project());
                out.text("branch", a.branch()).text("source", a.source());
                out.text("ttl", a.ttlSeconds()).flag("protected", a.isProtected());
                out.text("at", a.at());
            }
            case ApiAct.DeleteBranch a -> branch(out, "delete_branch", a.project(), a.branch());
            case ApiAct.UndeleteBranch a -> branch(out, "undelete_branch", a.project(), a.branch());
            case ApiAct.PurgeBranch a -> branch(out, "purge_branch", a.project(), a.branch());
            case ApiAct.ProtectBranch a -> {
                branch(out, "protect_branch", a.project(), a.branch());
                out.flag("protected", a.isProtected());
            }
            case ApiAct.SetExpiry a -> {
                branch(out, "set_expiry", a.project(), a.branch());
                out.text("ttl", a.ttlSeconds());
            }
            case ApiAct.CreateProject a -> {
                out.text("kind", "create_project").text("project", a.project());
                out.text("display_name", a.displayName());
                out.number("min_cu", a.minCu()).number("max_cu", a.maxCu());
                out.text("suspend", a.suspendSeconds()).flag("protected", a.isProtected());
                pairs(out, "tag", a.tags());
            }
            case ApiAct.DeleteProject a ->
                    out.text("kind", "delete_project").text("project", a.project());
            case ApiAct.TagProject a -> {
                out.text("kind", "tag_project").text("project", a.project());
                pairs(out, "tag", a.tags());
            }
            case ApiAct.ShapeEndpoint a -> {
                branch(out, "shape_endpoint", a.project(), a.branch());
                out.text("endpoint", a.endpoint()).flag("read_write", a.readWrite());
                out.number("min_cu", a.minCu()).number("max_cu", a.maxCu());
                out.text("suspend", a.suspendSeconds()).flag("disabled", a.disabled());
                pairs(out, "setting", a.settings());
            }
            case ApiAct.EnsureRole a -> {
                branch(out, "ensure_role", a.project(), a.branch());
                out.text("role", a.role()).text("identity", a.identity()).text("login", a.login());
                out.flag("create_db", a.createDb()).flag("create_role", a.createRole());
                out.flag("bypass_rls", a.bypassRls()).flag("superuser", a.superuser());
            }
            case ApiAct.RegisterCatalog a -> {
                branch(out, "register_catalog", a.project(), a.branch());
                out.text("catalog", a.catalog()).text("database", a.database());
                out.flag("make_database", a.makeDatabase());
            }
            case ApiAct.UnregisterCatalog a -> {
                branch(out, "unregister_catalog", a.project(), a.branch());
                out.text("catalog", a.catalog()).text("database", a.database());
            }
            case ApiAct.GrantOnCatalog a -> {
                out.text("kind", "grant_on_catalog").text("catalog", a.catalog());
                out.text("principal", a.principal());
                out.each("privilege", a.privileges(), (f, p) -> f.text("name", p));
            }
            case ApiAct.RevokeOnCatalog a -> {
                out.text("kind", "revoke_on_catalog").text("catalog", a.catalog());
                out.text("principal", a.principal());
                out.each("privilege", a.privileges(), (f, p) -> f.text("name", p));
            }
        }
    }

    private static void branch(CanonicalForm out, String kind, String project, String branch) {
        out.text("kind", kind).text("project", project).text("branch", branch);
    }

    private static void pairs(CanonicalForm out, String field, Map<String, String> pairs) {
        out.each(
                field,
                pairs.entrySet(),
                (f, e) -> f.text("name", e.getKey()).text("value", e.getValue()));
    }
}
