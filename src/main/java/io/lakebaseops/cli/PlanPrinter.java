package io.lakebaseops.cli;

import io.lakebaseops.domain.plan.FiledPlan;

import java.io.PrintWriter;

/// A plan as a person reads it before deciding.
final class PlanPrinter {
    private PlanPrinter() {}

    static void print(PrintWriter out, FiledPlan filed) {
        var plan = filed.plan();
        out.println(plan.title());
        out.println("  target       " + plan.target());
        out.println("  state        " + ReportText.word(filed.state()));
        out.println(
                "  risk         "
                        + ReportText.word(filed.risk().level())
                        + ": "
                        + String.join("; ", filed.risk().reasons()));
        out.println("  why          " + plan.why());
        out.println("  effect       " + plan.effect().summary());
        if (plan.effect().wouldWait() != null) {
            out.println("  would wait   " + plan.effect().wouldWait());
        }
        out.println("  runs");
        StatementText.of(plan.steps()).forEach(s -> out.println("    " + s));
        plan.steps().stream()
                .map(s -> s.lock().inWords())
                .distinct()
                .forEach(words -> out.println("  lock         " + words));
        if (plan.undo().possible()) {
            out.println("  undo");
            StatementText.of(plan.undo().steps()).forEach(s -> out.println("    " + s));
        } else {
            out.println("  undo         " + plan.undo().note());
        }
        out.println("  expires      " + plan.expiresAt());
        out.println("  fingerprint  " + filed.fingerprint().hex());
        out.flush();
    }
}
