package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Plans that build an index anew beside the old one, or drop one that no query can use.
final class RepairIndexPlans {
    /// A sort and a write of the index; measured rates differ tenfold, so it is said as a range.
    private static final double FAST_BYTES_PER_SECOND = 50 << 20;

    private static final double SLOW_BYTES_PER_SECOND = 5 << 20;

    private final ReadSession session;
    private final IndexSteps steps;
    private final ToolContext context;

    RepairIndexPlans(ReadSession session, SqlLibrary sql, ToolContext context) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
        this.context = context;
    }

    ReadTool.Remedies of(List<Finding> findings) {
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        for (var finding : findings) {
            if (finding.remedy() instanceof RepairIndex repair) {
                try {
                    plans.add(plan(finding, repair));
                } catch (OpsException e) {
                    if (PerDatabase.endsAll(e, context)) {
                        throw e;
                    }
                    skipped.add(
                            "no plan for %s: %s".formatted(finding.subject().display(), e.why()));
                }
            }
        }
        return new ReadTool.Remedies(plans, skipped);
    }

    private ChangePlan plan(Finding finding, RepairIndex repair) {
        var acts = new ArrayList<Step>();
        var before = new ArrayList<Precondition>();
        var proofs = new ArrayList<Postcondition>();
        for (var part : repair.parts()) {
            before.add(unchanged(part));
            if (repair.drop()) {
                acts.add(steps.dropConcurrently(part.index(), part.bytes()));
                proofs.add(steps.gone(part.index()));
            } else {
                acts.add(steps.reindex(part.index(), part.bytes()));
                proofs.add(steps.usable(part.index()));
                if (part.usable()) {
                    proofs.add(steps.smaller(part.index(), size(part.index())));
                }
            }
        }
        var now = context.clock().instant();
        var name = finding.subject().display();
        return new ChangePlan(
                context.target(),
                ToolDescriptor.name(
                        finding.kind().equals(DetectBloatedIndexes.KIND)
                                ? DetectBloatedIndexes.class
                                : RunFullIndexAnalysis.class),
                context.actor(),
                repair.drop() ? "Drop index" : "Rebuild index",
                (repair.drop() ? "Drop invalid index " : "Rebuild index ") + name,
                finding.subject(),
                finding.summary(),
                acts,
                Undo.none(
                        repair.drop()
                                ? "no query could use it, so nothing is lost"
                                : "the index is the same as before, only smaller"),
                effect(repair),
                before,
                proofs,
                finding.evidence(),
                finding.fingerprint(),
                null,
                now,
                now.plus(IndexSteps.PLAN_LIFE));
    }

    private Precondition unchanged(RepairIndex.Part part) {
        var name = part.usable() ? IndexSql.IDENTITY : IndexSql.INVALID_STATE;
        return new Precondition.SqlRows(
                part.usable()
                        ? part.index().parts().getLast() + " is unchanged and valid"
                        : part.index().parts().getLast()
                                + " is still invalid, and nobody builds it",
                session.database(),
                name.path(),
                IndexSteps.named(part.index()),
                rows(part, session.query(name, IndexSteps.values(part.index()))));
    }

    private static Rows rows(RepairIndex.Part part, Rows rows) {
        if (rows.isEmpty()
                || Boolean.TRUE.equals(rows.list().getFirst().get("is_usable")) != part.usable()
                || Boolean.TRUE.equals(rows.list().getFirst().get("maybe_being_built"))) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Planning the repair of " + part.index().sql(),
                    "it has changed meanwhile, or somebody works on its table",
                    "run the tool again");
        }
        return rows;
    }

    private record Size(long bytes) {}

    private long size(Ident index) {
        return session.query(IndexSql.SIZE, IndexSteps.values(index), Size.class)
                .getFirst()
                .bytes();
    }

    private static ExpectedEffect effect(RepairIndex repair) {
        double bytes = repair.parts().stream().mapToLong(RepairIndex.Part::bytes).sum();
        return repair.drop()
                ? new ExpectedEffect(
                        "%s freed; every write to the table maintains one index less"
                                .formatted(Format.size(bytes)),
                        "under a second once older transactions have ended",
                        null)
                : new ExpectedEffect(
                        "built anew; up to %s more are needed while both stand side by side"
                                .formatted(Format.size(bytes)),
                        "%s to %s, waiting for older transactions not included"
                                .formatted(
                                        Format.duration(seconds(bytes / FAST_BYTES_PER_SECOND)),
                                        Format.duration(seconds(bytes / SLOW_BYTES_PER_SECOND))),
                        null);
    }

    private static Duration seconds(double s) {
        return Duration.ofMillis((long) (s * 1000) + 100);
    }
}
