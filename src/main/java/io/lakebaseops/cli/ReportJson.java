package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolReport;

import java.time.Duration;
import java.util.List;

/// A tool's report as JSON. Keys are only ever added, never renamed.
public final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    public static ObjectNode of(ToolReport report) {
        var json = JSON.objectNode().put("tool", report.tool());
        json.put("status", status(report.status()));
        json.set("source", OutputJson.tree(report.source()));
        var findings = json.putArray("findings");
        report.findings().forEach(f -> findings.add(finding(f)));
        json.set("data", OutputJson.tree(report.data()));
        var plans = plans(report.plans());
        json.set("plan", plans.isEmpty() ? JSON.nullNode() : plans.get(0));
        json.put("duration_ms", report.duration().toMillis());
        // The one plan above is the usual case; tools that plan several list them here.
        json.set("plans", plans);
        report.caveats().forEach(json.putArray("caveats")::add);
        json.put("error", report.error());
        json.put("target", report.target().toString());
        json.put("run_id", report.runId().toString());
        json.put("started_at", report.startedAt().toString());
        return json;
    }

    /// A run that could not even begin, in the same shape.
    public static ObjectNode notStarted(String tool, OpsException failure, Duration after) {
        var json = JSON.objectNode().put("tool", tool);
        json.put("status", status(ToolReport.Status.of(failure.kind())));
        json.put("source", "unavailable");
        json.putArray("findings");
        json.putNull("data");
        json.putNull("plan");
        json.put("duration_ms", after.toMillis());
        json.putArray("plans");
        json.putArray("caveats");
        return json.put("error", failure.getMessage());
    }

    /// Three outcomes are promised to scripts; who cancels knows it.
    private static String status(ToolReport.Status status) {
        return switch (status) {
            case OK -> "ok";
            case FAILED, CANCELLED -> "failed";
            case UNAVAILABLE -> "unavailable";
        };
    }

    private static ObjectNode finding(Finding finding) {
        var json = JSON.objectNode().put("kind", finding.kind());
        json.set("severity", OutputJson.tree(finding.severity()));
        json.set("subject", subject(finding.subject()));
        json.put("summary", finding.summary());
        json.put("confidence", finding.confidence().value());
        json.put("confidence_reason", finding.confidence().reason());
        json.put("ddl", finding.ddl());
        json.put("check", finding.check());
        json.set("evidence", OutputJson.tree(finding.evidence()));
        return json.put("fingerprint", finding.fingerprint());
    }

    static ObjectNode subject(Subject subject) {
        return JSON.objectNode()
                .put("type", subject.type())
                .put("schema", subject.schema())
                .put("table", subject.table())
                .put("name", subject.name())
                .put("database", subject.database());
    }

    private static ArrayNode plans(List<FiledPlan> plans) {
        var array = JSON.arrayNode();
        plans.forEach(p -> array.add(PlanJson.of(p)));
        return array;
    }
}
