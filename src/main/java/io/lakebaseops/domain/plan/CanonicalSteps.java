package io.lakebaseops.domain.plan;

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
                s.act().canonical(act.text("kind", s.act().kind()));
                out.text("kind", "api").text("title", s.title()).part("act", act);
                out.text("reversibility", s.reversibility());
            }
            case Step.ArchiveStep s -> {
                var order = new CanonicalForm();
                s.order().canonical(order);
                out.text("kind", "archive").text("title", s.title());
                out.text("database", s.database()).part("order", order);
                out.text("lock", s.lock()).text("reversibility", s.reversibility());
                out.text("lock_timeout", s.lockTimeout());
                out.text("statement_timeout", s.statementTimeout()).text("limit", s.limit());
                size(out, s.bytesTouched());
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
}
