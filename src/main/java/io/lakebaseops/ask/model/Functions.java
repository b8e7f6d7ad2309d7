package io.lakebaseops.ask.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;

import io.lakebaseops.ask.meaning.Order;
import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.ToolSchema;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Our tools as functions of a model: those that read under their names, those that change
/// something as `propose_…`, which file a plan at the gate that waits for a person whatever its
/// risk. The latter are offered only when the person's own words ask for a change.
final class Functions {
    static final String PROPOSE = "propose_";

    /// Plans one answer may file.
    private static final int MOST_PLANS = 3;

    private static final int FINDINGS = 40;

    private static final Pattern ASKS_FOR_CHANGE =
            Pattern.compile(
                    "(?i)\\b(?:fix|repair|solve|heal|plan|propose|file|do it|go ahead|yes|please do|mend|"
                            + "clean ?up|get rid|reclaim|tune|behebe?n?|lösch\\w*|plane?n?|repara\\w*|"
                            + "propon\\w*|arregl\\w*)\\b");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AgentFramework framework;
    private final TargetId target;
    private final Actor actor;
    private final NameCheck names;
    private final boolean proposes;
    private final List<FiledPlan> filed = new ArrayList<>();

    Functions(
            AgentFramework framework,
            TargetId target,
            Actor actor,
            NameIndex names,
            String question) {
        this.framework = framework;
        this.target = target;
        this.actor = actor;
        this.names = new NameCheck(names);
        proposes = !Order.in(question).isEmpty() || ASKS_FOR_CHANGE.matcher(question).find();
    }

    /// Can these arguments be sent back to a server as what it was told?
    static boolean isObject(@Nullable String arguments) {
        try {
            return arguments != null && JSON.readTree(arguments) instanceof ObjectNode;
        } catch (JsonProcessingException _) {
            return false;
        }
    }

    /// What a call came to.
    ///
    /// @param arguments as understood; an empty object where they were no JSON
    /// @param json what the model is told of it
    /// @param report null when nothing was run
    record Called(String name, ObjectNode arguments, JsonNode json, @Nullable ToolReport report) {}

    /// Filed for this answer so far.
    List<FiledPlan> filed() {
        return filed;
    }

    List<Tool<?, ?>> offered() {
        return framework.catalog().all().stream()
                .filter(t -> proposes || t instanceof ReadTool<?, ?>)
                .toList();
    }

    List<ToolSpecification> specifications() {
        return offered().stream().map(Functions::specification).toList();
    }

    private static ToolSpecification specification(Tool<?, ?> tool) {
        var reads = tool instanceof ReadTool<?, ?>;
        var about = tool.descriptor().summary();
        var json = NODES.objectNode().put("name", name(tool));
        json.put(
                "description",
                reads ? about : about + ". Only files a plan that a person decides.");
        json.set("parameters", ToolSchema.of(tool));
        return ToolSpecification.fromJson(json.toString());
    }

    private static String name(Tool<?, ?> tool) {
        var name = tool.descriptor().name();
        return tool instanceof ReadTool<?, ?> ? name : PROPOSE + name;
    }

    Called call(ToolExecutionRequest request, Deadline deadline) {
        var name = String.valueOf(request.name());
        var tool = offered().stream().filter(t -> name(t).equals(name)).findFirst();
        if (tool.isEmpty()) {
            return refused(name, NODES.objectNode(), unknown(name));
        }
        JsonNode arguments;
        try {
            var text = request.arguments();
            arguments = text == null || text.isBlank() ? NODES.objectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return refused(
                    name,
                    NODES.objectNode(),
                    "the arguments are no JSON: " + e.getOriginalMessage());
        }
        if (!(arguments instanceof ObjectNode object)) {
            return refused(name, NODES.objectNode(), "the arguments must be one JSON object");
        }
        var wrong = names.wrong(object);
        if (wrong != null) {
            return refused(name, object, wrong);
        }
        boolean reads = tool.get() instanceof ReadTool<?, ?>;
        if (!reads && filed.size() >= MOST_PLANS) {
            return refused(name, object, "no more than %d plans an answer".formatted(MOST_PLANS));
        }
        var report = framework.run(tool.get().descriptor().name(), object, target, actor, deadline);
        filed.addAll(report.plans());
        return new Called(name, object, told(report), report);
    }

    private String unknown(String name) {
        var all = offered().stream().map(Functions::name).toList();
        var change =
                framework.catalog().find(name).isPresent() || name.startsWith(PROPOSE) && !proposes;
        return change
                ? "there is no such function: changes are only proposed, and only when the person"
                        + " asks for one"
                : "there is no function %s; the nearest are %s"
                        .formatted(name, String.join(", ", NameCheck.nearest(name, all)));
    }

    private static Called refused(String name, ObjectNode arguments, String why) {
        return new Called(name, arguments, error(why), null);
    }

    static ObjectNode error(String why) {
        return NODES.objectNode().put("status", "refused").put("error", why);
    }

    /// The part of a report that says something about the server.
    private static ObjectNode told(ToolReport report) {
        var json = NODES.objectNode();
        json.set("status", OutputJson.tree(report.status()));
        json.set("source", OutputJson.tree(report.source()));
        json.put("read_at", report.startedAt().toString());
        if (report.error() != null) {
            json.put("error", report.error());
        }
        if (!report.findings().isEmpty()) {
            var findings = json.putArray("findings");
            report.findings().stream().limit(FINDINGS).forEach(f -> findings.add(finding(f)));
            if (report.findings().size() > FINDINGS) {
                findings.add(
                        "… %,d more are left out".formatted(report.findings().size() - FINDINGS));
            }
        } else {
            json.putArray("findings");
        }
        json.set("data", OutputJson.tree(report.data()));
        if (!report.plans().isEmpty()) {
            var plans = json.putArray("plans");
            for (var plan : report.plans()) {
                plans.addObject()
                        .put("title", plan.plan().title())
                        .put("risk", plan.risk().level().name())
                        .put("state", plan.state().name());
            }
        }
        if (!report.caveats().isEmpty()) {
            report.caveats().forEach(json.putArray("caveats")::add);
        }
        return json;
    }

    private static ObjectNode finding(Finding finding) {
        var json = NODES.objectNode().put("kind", finding.kind());
        json.set("severity", OutputJson.tree(finding.severity()));
        json.put("subject", finding.subject().display());
        json.put("summary", finding.summary());
        json.put("ddl", finding.ddl());
        return json;
    }
}
