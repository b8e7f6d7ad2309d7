package io.lakebaseops.agents.provisioning.cicd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks that GitHub would run a workflow, and that it is safe to: structure, triggers,
/// permissions, the graph of jobs, pinned actions, time limits; expressions and scripts have their
/// own checks. Rules after GitHub's workflow syntax and security hardening guide.
public final class WorkflowCheck {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Set<String> TRIGGERS =
            Set.of(
                    "pull_request",
                    "push",
                    "workflow_dispatch",
                    "workflow_call",
                    "schedule",
                    "merge_group",
                    "release",
                    "delete");

    private static final Set<String> PULL_REQUEST_TYPES =
            Set.of(
                    "opened",
                    "reopened",
                    "synchronize",
                    "closed",
                    "edited",
                    "labeled",
                    "unlabeled",
                    "ready_for_review",
                    "converted_to_draft");

    private static final Set<String> PERMISSIONS =
            Set.of(
                    "actions",
                    "checks",
                    "contents",
                    "deployments",
                    "id-token",
                    "issues",
                    "packages",
                    "pull-requests",
                    "statuses");

    /// A tag can be moved to other code; a commit cannot.
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");

    private final List<Problem> problems = new ArrayList<>();

    private WorkflowCheck() {}

    /// @param where path of the node, `jobs.try.steps[2].run`
    public record Problem(String where, String what) {
        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    /// Empty when nothing is wrong.
    public static List<Problem> of(String yaml) {
        var check = new WorkflowCheck();
        try {
            check.workflow(YAML.readTree(yaml));
        } catch (JsonProcessingException e) {
            check.add("file", "is no YAML: " + e.getOriginalMessage());
        }
        return List.copyOf(check.problems);
    }

    private void workflow(JsonNode root) {
        if (!root.isObject()) {
            add("file", "is no mapping");
            return;
        }
        triggers(root.path("on"));
        if (root.path("permissions").isMissingNode()) {
            add("permissions", "must be stated: the default may write");
        }
        permissions("permissions", root.path("permissions"));
        concurrency("concurrency", root.path("concurrency"));
        var jobs = root.path("jobs");
        if (!jobs.isObject() || jobs.isEmpty()) {
            add("jobs", "there is none");
            return;
        }
        var names = new HashSet<String>();
        jobs.fieldNames().forEachRemaining(names::add);
        for (var job : jobs.properties()) {
            job("jobs." + job.getKey(), job.getValue(), names, root);
        }
        cycles(jobs);
        new ExpressionCheck(this::add).tree("", root, names);
    }

    private void triggers(JsonNode on) {
        var names = new ArrayList<String>();
        if (on.isTextual()) {
            names.add(on.asText());
        } else if (on.isArray()) {
            on.forEach(n -> names.add(n.asText()));
        } else {
            on.fieldNames().forEachRemaining(names::add);
        }
        if (names.isEmpty()) {
            add("on", "nothing starts it");
        }
        for (var name : names) {
            if (name.equals("pull_request_target")) {
                add("on", "pull_request_target gives foreign code the repository's secrets");
            } else if (!TRIGGERS.contains(name)) {
                add("on", "unknown event " + name);
            }
        }
        for (var type : on.path("pull_request").path("types")) {
            if (!PULL_REQUEST_TYPES.contains(type.asText())) {
                add("on.pull_request.types", "unknown type " + type.asText());
            }
        }
    }

    private void permissions(String where, JsonNode given) {
        if (given.isTextual() && !given.asText().equals("read-all")) {
            add(where, given.asText() + " gives too much");
        }
        for (var one : given.properties()) {
            if (!PERMISSIONS.contains(one.getKey())) {
                add(where, "unknown permission " + one.getKey());
            } else if (!Set.of("read", "write", "none").contains(one.getValue().asText())) {
                add(where, one.getKey() + " is neither read, write nor none");
            }
        }
    }

    private void concurrency(String where, JsonNode given) {
        if (given.isObject() && given.path("group").asText().isBlank()) {
            add(where, "has no group");
        }
    }

    private void job(String where, JsonNode job, Set<String> names, JsonNode root) {
        permissions(where + ".permissions", job.path("permissions"));
        concurrency(where + ".concurrency", job.path("concurrency"));
        if (root.path("concurrency").isMissingNode() && job.path("concurrency").isMissingNode()) {
            add(where, "two runs could meet: neither it nor the workflow has a concurrency group");
        }
        var runner = job.path("runs-on").asText();
        if (runner.isBlank() || runner.endsWith("-latest")) {
            add(where + ".runs-on", "names no fixed runner image");
        }
        int minutes = job.path("timeout-minutes").asInt();
        if (minutes < 1 || minutes > 360) {
            add(where + ".timeout-minutes", "must be 1 to 360; without it a job may hang 6 h");
        }
        for (var need : needs(job)) {
            if (!names.contains(need)) {
                add(where + ".needs", "there is no job " + need);
            }
        }
        boolean bash =
                root.path("defaults").path("run").path("shell").asText().equals("bash")
                        || job.path("defaults").path("run").path("shell").asText().equals("bash");
        var steps = job.path("steps");
        if (!steps.isArray() || steps.isEmpty()) {
            add(where + ".steps", "there is none");
        }
        var ids = new HashSet<String>();
        for (int i = 0; i < steps.size(); i++) {
            step("%s.steps[%d]".formatted(where, i), steps.get(i), ids, bash);
        }
    }

    private void step(String where, JsonNode step, Set<String> ids, boolean bash) {
        if (step.path("name").asText().isBlank()) {
            add(where, "has no name");
        }
        if (step.has("uses") == step.has("run")) {
            add(where, "must either use an action or run a script");
        }
        if (step.has("id") && !ids.add(step.path("id").asText())) {
            add(where + ".id", step.path("id").asText() + " is taken in this job");
        }
        var uses = step.path("uses").asText();
        if (!uses.isEmpty() && !uses.startsWith("./") && !PINNED.matcher(uses).matches()) {
            add(where + ".uses", uses + " is not pinned to a commit");
        }
        if (step.has("run")) {
            var run = step.path("run").asText();
            if (!bash && !step.path("shell").asText().equals("bash")) {
                add(where, "name the shell bash: only then a failing pipe fails the step");
            }
            ScriptCheck.of(run).forEach(p -> add(where + ".run", p));
        }
    }

    private static List<String> needs(JsonNode job) {
        var needs = new ArrayList<String>();
        var given = job.path("needs");
        if (given.isTextual()) {
            needs.add(given.asText());
        }
        given.forEach(n -> needs.add(n.asText()));
        return needs;
    }

    /// Jobs are taken away while all they need is gone; what stays needs itself.
    private void cycles(JsonNode jobs) {
        var left = new HashSet<String>();
        jobs.fieldNames().forEachRemaining(left::add);
        boolean moved = true;
        while (moved) {
            moved = left.removeIf(j -> needs(jobs.path(j)).stream().noneMatch(left::contains));
        }
        if (!left.isEmpty()) {
            add(
                    "jobs",
                    "these wait for each other: "
                            + String.join(", ", left.stream().sorted().toList()));
        }
    }

    private void add(String where, String what) {
        problems.add(new Problem(where, what));
    }

    /// What the checks of parts report to.
    @FunctionalInterface
    interface Sink {
        void add(String where, String what);
    }
}
