package io.lakebaseops.cli;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;

import java.io.PrintWriter;

/// A plan as a person reads it before deciding.
final class PlanPrinter {
    private PlanPrinter() {}

    static void print(PrintWriter out, FiledPlan filed) {
        var plan = filed.plan();
        out.println(Format.printable(plan.title()));
        line(out, "target", plan.target().toString());
        line(out, "state", ReportText.word(filed.state()));
        line(
                out,
                "risk",
                ReportText.word(filed.risk().level())
                        + ": "
                        + String.join("; ", filed.risk().reasons()));
        line(out, "why", plan.why());
        line(out, "effect", plan.effect().summary());
        if (plan.effect().wouldWait() != null) {
            line(out, "would wait", plan.effect().wouldWait());
        }
        out.println("  runs");
        StatementText.of(plan.steps()).forEach(s -> statement(out, s));
        plan.steps().stream()
                .map(s -> s.lock().inWords())
                .distinct()
                .forEach(words -> line(out, "lock", words));
        if (plan.undo().possible()) {
            out.println("  undo");
            StatementText.of(plan.undo().steps()).forEach(s -> statement(out, s));
        } else {
            line(out, "undo", String.valueOf(plan.undo().note()));
        }
        line(out, "expires", plan.expiresAt().toString());
        line(out, "fingerprint", filed.fingerprint().hex());
        out.flush();
    }

    /// One line whatever the text holds: a name with a line break must not look like another field.
    private static void line(PrintWriter out, String field, String text) {
        out.println("  %-12s %s".formatted(field, Format.printable(text)));
    }

    private static void statement(PrintWriter out, String sql) {
        Format.printableLines(sql).lines().forEach(l -> out.println("    " + l));
    }
}
