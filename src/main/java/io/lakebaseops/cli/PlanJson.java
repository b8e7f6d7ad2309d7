package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.OutputJson;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A filed plan as JSON.
final class PlanJson {
    private PlanJson() {}

    static ObjectNode of(FiledPlan filed) {
        var plan = filed.plan();
        var json = JsonNodeFactory.instance.objectNode().put("id", filed.id().toString());
        json.put("fingerprint", filed.fingerprint().hex());
        json.set("state", OutputJson.tree(filed.state()));
        json.set("risk", OutputJson.tree(filed.risk()));
        json.put("tool", plan.tool());
        json.put("verb", plan.verb());
        json.put("title", plan.title());
        json.put("target", plan.target().toString());
        json.set("subject", ReportJson.subject(plan.subject()));
        json.put("why", plan.why());
        StatementText.of(plan.steps()).forEach(json.putArray("statements")::add);
        plan.steps().stream()
                .map(Step::lock)
                .forEach(l -> json.withArray("locks").add(OutputJson.tree(l)));
        StatementText.of(plan.undo().steps()).forEach(json.putArray("undo")::add);
        json.put("undo_note", plan.undo().note());
        json.set("effect", OutputJson.tree(plan.effect()));
        plan.preconditions().forEach(p -> json.withArray("preconditions").add(p.description()));
        json.put("proposed_by", plan.proposedBy().name());
        json.put("filed_at", filed.filedAt().toString());
        json.put("expires_at", plan.expiresAt().toString());
        json.put("decided_by", filed.decidedBy());
        json.put("decided_at", text(filed.decidedAt()));
        json.put("reason", filed.reason());
        json.set("verification", verification(filed.verification()));
        json.put("finished_at", text(filed.finishedAt()));
        return json;
    }

    private static @Nullable ObjectNode verification(@Nullable Verification verification) {
        if (verification == null) {
            return null;
        }
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("result", inWords(verification).replace(' ', '_'))
                        .put("at", verification.at().toString());
        verification.measured().forEach(json.putArray("measured")::add);
        return json;
    }

    static String inWords(Verification verification) {
        return switch (verification) {
            case Verification.Confirmed _ -> "confirmed";
            case Verification.NotConfirmed _ -> "not confirmed";
            case Verification.Inconclusive _ -> "inconclusive";
        };
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
