package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.Rows;

/// The canonical text of a plan, version 2, from which fingerprints are made.
///
/// An upgrade of the program must not change it, or every stored plan would count as altered: it is
/// written by hand, field by field, and a stored plan in the tests holds it to that.
final class CanonicalPlan {
    private static final String VERSION = "v2";

    private CanonicalPlan() {}

    static ChangePlan.Identity identity(ChangePlan plan) {
        var work = new CanonicalForm();
        work(work, plan);
        return new ChangePlan.Identity(
                new PlanFingerprint(fingerprint(plan, work)), work(work), facts(plan));
    }

    /// Everything a person reads and everything that runs: what was approved, to the letter.
    private static String fingerprint(ChangePlan plan, CanonicalForm work) {
        var out = new CanonicalForm().text("plan", VERSION).fields(work);
        out.text("tool", plan.tool()).text("verb", plan.verb()).text("title", plan.title());
        out.text("why", plan.why()).text("undo_note", plan.undo().note());
        out.text("effect", plan.effect().summary()).text("duration", plan.effect().duration());
        out.text("would_wait", plan.effect().wouldWait());
        out.text("finding", plan.findingFingerprint()).text("alert", plan.alertId());
        var by = plan.proposedBy();
        out.text("by", by.name()).text("by_kind", by.kind());
        out.text("created", plan.createdAt()).text("expires", plan.expiresAt());
        return out.sha256();
    }

    /// Two plans with the same work do the same thing to the same object under the same conditions,
    /// whenever they were made.
    private static String work(CanonicalForm work) {
        return new CanonicalForm().text("work", VERSION).fields(work).sha256();
    }

    /// What somebody says no to: these statements and acts here, for this finding.
    private static String facts(ChangePlan plan) {
        var out = new CanonicalForm().text("facts", VERSION).text("target", plan.target().key());
        var steps = new CanonicalSteps(CanonicalSteps.Sizes.NONE);
        out.each("step", plan.steps(), steps::write);
        return out.text("finding", plan.findingFingerprint()).sha256();
    }

    private static void work(CanonicalForm out, ChangePlan plan) {
        var steps = new CanonicalSteps(CanonicalSteps.Sizes.ROUGH);
        var subject = plan.subject();
        out.text("target", plan.target().key());
        out.part(
                "subject",
                new CanonicalForm()
                        .text("type", subject.type())
                        .text("database", subject.database())
                        .text("schema", subject.schema())
                        .text("table", subject.table())
                        .text("name", subject.name()));
        out.each("step", plan.steps(), steps::write);
        out.each("undo", plan.undo().steps(), steps::write);
        out.each("undo_proof", plan.undo().proofs(), CanonicalPlan::proof);
        out.each("if", plan.preconditions(), CanonicalPlan::precondition);
        out.each("proof", plan.proofs(), CanonicalPlan::proof);
        out.text("undo_of", plan.undoOf());
    }

    private static void precondition(CanonicalForm out, Precondition precondition) {
        out.text("description", precondition.description());
        switch (precondition) {
            case Precondition.SqlRows p -> {
                out.text("kind", "sql_rows").text("database", p.database());
                out.text("query", p.query()).each("param", p.params(), CanonicalSteps::param);
                rows(out, p.expected());
            }
            case Precondition.BranchState p -> {
                branch(out, "branch_state", p.project(), p.branch());
                out.flag("exists", p.exists());
            }
            case Precondition.BranchAsSeen p -> {
                branch(out, "branch_as_seen", p.project(), p.branch());
                out.text("uid", p.uid()).flag("protected", p.isProtected());
                out.flag("default", p.isDefault()).flag("children", p.hasChildren());
                out.text("expires", p.expiresAt());
            }
            case Precondition.CatalogState p -> {
                out.text("kind", "catalog_state").text("catalog", p.catalog());
                out.text("registered", p.registered());
            }
            case Precondition.GrantsAsSeen p -> {
                out.text("kind", "grants_as_seen").text("catalog", p.catalog());
                out.text("principal", p.principal());
                out.each("privilege", p.privileges(), (f, g) -> f.text("name", g));
            }
            case Precondition.StillTrue p -> {
                var proof = new CanonicalForm();
                proof(proof, p.proof());
                out.text("kind", "still_true").part("proof", proof);
            }
        }
    }

    private static void proof(CanonicalForm out, Postcondition proof) {
        out.text("description", proof.description());
        switch (proof) {
            case Postcondition.SqlFigure p -> {
                out.text("kind", "sql_figure").text("database", p.database());
                out.text("query", p.query()).each("param", p.params(), CanonicalSteps::param);
                out.text("column", p.column()).text("comparison", p.comparison());
                out.number("value", p.value());
            }
            case Postcondition.BranchReady p ->
                    branch(out, "branch_ready", p.project(), p.branch());
            case Postcondition.BranchGone p -> branch(out, "branch_gone", p.project(), p.branch());
            case Postcondition.BranchProtected p -> {
                branch(out, "branch_protected", p.project(), p.branch());
                out.flag("protected", p.isProtected());
            }
            case Postcondition.BranchExpires p -> {
                branch(out, "branch_expires", p.project(), p.branch());
                out.text("no_earlier_than", p.noEarlierThan());
            }
            case Postcondition.EndpointSuspends p -> {
                branch(out, "endpoint_suspends", p.project(), p.branch());
                out.text("endpoint", p.endpoint()).text("seconds", p.seconds());
            }
            case Postcondition.CatalogRegistered p -> {
                branch(out, "catalog_registered", p.project(), p.branch());
                out.text("catalog", p.catalog()).text("database", p.database());
            }
            case Postcondition.CatalogGone p ->
                    out.text("kind", "catalog_gone").text("catalog", p.catalog());
            case Postcondition.CatalogGrants p -> {
                out.text("kind", "catalog_grants").text("catalog", p.catalog());
                out.text("principal", p.principal()).flag("held", p.held());
                out.each("privilege", p.privileges(), (f, g) -> f.text("name", g));
            }
            case Postcondition.ArchivedRows p -> {
                out.text("kind", "archived_rows").text("archival", p.archival());
                out.text("place", p.place()).each("key", p.keys(), (f, k) -> f.text("key", k));
            }
        }
    }

    /// By text, as the precondition compares them.
    private static void rows(CanonicalForm out, Rows rows) {
        out.each(
                "row",
                rows.list(),
                (row, cells) ->
                        row.each(
                                "cell",
                                cells.entrySet(),
                                (f, c) ->
                                        f.text("column", c.getKey()).text("value", c.getValue())));
    }

    private static void branch(CanonicalForm out, String kind, String project, String branch) {
        out.text("kind", kind).text("project", project).text("branch", branch);
    }
}
