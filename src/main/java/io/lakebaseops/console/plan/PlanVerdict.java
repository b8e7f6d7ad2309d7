package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.explain.Actual;
import io.lakebaseops.explain.NodeTitle;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.RowEstimate;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.Locale;

/// The first sentence of the plan page: where the time goes, and the wrong estimate behind it.
///
/// @param culprit the node's name as it stands in the sentence
record PlanVerdict(Role role, String sentence, String culprit) {
    private static final double WORTH_NAMING = 0.2;

    static PlanVerdict of(PlanDocument document) {
        boolean timed = document.figures().millis() != null;
        var measure = timed ? PlanMeasure.TIME : PlanMeasure.COST;
        var worst = document.costliest(measure);
        double share = measure.share(document, worst);
        var name = named(worst);
        var origin = origin(document);
        if (document.plan().root().actual() != null && !timed) {
            return new PlanVerdict(
                    Role.INFO,
                    Texts.of(
                            "%s rows came of %s; no time was measured.",
                            PlanMeasure.count(rows(document.plan().root())),
                            named(document.plan().root())),
                    "");
        }
        if (share < WORTH_NAMING) {
            return new PlanVerdict(
                    document.problems().isEmpty() ? Role.OK : Role.WARNING,
                    Texts.of(
                            "No node takes more than %s of %s%s.",
                            PlanMeasure.percent(share),
                            timed
                                    ? PlanMeasure.millis(measure.whole(document))
                                    : Texts.of("the estimated cost"),
                            wrong(origin)),
                    name);
        }
        var times =
                worst.actual() instanceof Actual a && a.loops() > 1
                        ? Texts.of(", run %s times", PlanMeasure.count(a.loops()))
                        : "";
        var reason = reason(document, worst, origin);
        return new PlanVerdict(
                role(document, share, timed),
                timed
                        ? Texts.of(
                                "%s of %s goes into %s%s%s.",
                                PlanMeasure.percent(share),
                                PlanMeasure.millis(measure.whole(document)),
                                name,
                                times,
                                reason)
                        : Texts.of(
                                "%s makes %s of the estimated cost%s. The statement was not run.",
                                name, PlanMeasure.percent(share), reason),
                name);
    }

    private static Role role(PlanDocument document, double share, boolean timed) {
        if (document.problems().isEmpty()) {
            return timed && share > 0.5 && slow(document) ? Role.WARNING : Role.OK;
        }
        return timed && share > 0.5 && slow(document) ? Role.CRITICAL : Role.WARNING;
    }

    /// A statement of a few milliseconds has a slowest node too.
    private static boolean slow(PlanDocument document) {
        var millis = document.figures().millis();
        return millis != null && millis >= 100;
    }

    private static String reason(PlanDocument document, PlanNode worst, @Nullable PlanNode origin) {
        if (origin != null) {
            return wrong(origin);
        }
        var problems = document.at(worst);
        return problems.isEmpty() ? "" : "; " + lower(problems.getFirst().cause().title());
    }

    private static String wrong(@Nullable PlanNode origin) {
        if (origin == null || origin.estimate() == null) {
            return "";
        }
        return Texts.of(
                "; the planner expected %s of %s and %s came",
                Texts.count(Math.round(origin.estimate().rows()), "row"),
                named(origin),
                PlanMeasure.count(rows(origin)));
    }

    private static double rows(PlanNode node) {
        return node.actual() instanceof Actual a ? a.rows() : 0;
    }

    /// Where the worst estimate began.
    private static @Nullable PlanNode origin(PlanDocument document) {
        return document.plan()
                .root()
                .all()
                .filter(n -> document.figures().of(n).estimate() == RowEstimate.ORIGIN)
                .max(Comparator.comparingDouble(n -> document.figures().of(n).off()))
                .orElse(null);
    }

    static String named(PlanNode node) {
        var subject = NodeTitle.subject(node);
        return subject == null
                ? NodeTitle.of(node)
                : Texts.of("%s on %s", NodeTitle.of(node), subject);
    }

    /// Inside a sentence; `JIT` and `OR` stay as they are.
    private static String lower(String title) {
        return Character.isLowerCase(title.charAt(1))
                ? title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1)
                : title;
    }
}
