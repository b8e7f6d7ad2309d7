package io.lakebaseops.agents.provisioning.cicd;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks that the `${{ … }}` of a workflow read well and name contexts, functions, steps and jobs
/// that exist where they stand. Grammar after GitHub's page on expressions.
final class ExpressionCheck {
    private static final Set<String> CONTEXTS =
            Set.of(
                    "github",
                    "env",
                    "vars",
                    "secrets",
                    "needs",
                    "steps",
                    "matrix",
                    "runner",
                    "job",
                    "inputs",
                    "strategy");

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "always",
                    "success",
                    "failure",
                    "cancelled",
                    "contains",
                    "startswith",
                    "endswith",
                    "format",
                    "join",
                    "tojson",
                    "fromjson",
                    "hashfiles");

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s+|(?<string>'(?:''|[^'])*')|(?<number>-?\\d+(?:\\.\\d+)?)"
                            + "|(?<name>[A-Za-z_][A-Za-z0-9_-]*(?:\\.(?:[A-Za-z_][A-Za-z0-9_-]*|\\*))*)"
                            + "|(?<operator>==|!=|<=|>=|&&|\\|\\||[<>!])"
                            + "|(?<open>[(\\[])|(?<close>[)\\]])|(?<comma>,)");

    private final WorkflowCheck.Sink sink;

    ExpressionCheck(WorkflowCheck.Sink sink) {
        this.sink = sink;
    }

    /// Every text below this node.
    void tree(String where, JsonNode node, Set<String> jobs) {
        var steps = new HashSet<String>();
        if (node.has("steps")) {
            node.path("steps").forEach(s -> steps.add(s.path("id").asText()));
        }
        walk(where, node, jobs, steps);
    }

    private void walk(String where, JsonNode node, Set<String> jobs, Set<String> steps) {
        if (node.isTextual()) {
            text(where, node.asText(), jobs, steps);
        }
        for (var field : node.properties()) {
            var below = where.isEmpty() ? field.getKey() : where + "." + field.getKey();
            if (field.getKey().equals("if") && !field.getValue().asText().contains("${{")) {
                expression(below, field.getValue().asText(), jobs, steps);
            } else if (field.getValue().has("steps")) {
                tree(below, field.getValue(), jobs);
            } else {
                walk(below, field.getValue(), jobs, steps);
            }
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk("%s[%d]".formatted(where, i), node.get(i), jobs, steps);
            }
        }
    }

    private void text(String where, String text, Set<String> jobs, Set<String> steps) {
        int at = text.indexOf("${{");
        while (at >= 0) {
            int end = text.indexOf("}}", at);
            if (end < 0) {
                sink.add(where, "an expression is never closed");
                return;
            }
            expression(where, text.substring(at + 3, end), jobs, steps);
            at = text.indexOf("${{", end);
        }
    }

    private void expression(String where, String text, Set<String> jobs, Set<String> steps) {
        int depth = 0;
        // Values and operators must take turns, beginning and ending with a value.
        boolean wantValue = true;
        var matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                sink.add(where, "cannot be read from \"%s\" on".formatted(text.substring(at)));
                return;
            }
            at = matcher.end();
            if (matcher.group().isBlank()) {
                continue;
            }
            if (matcher.group("open") != null) {
                depth++;
                wantValue = true;
            } else if (matcher.group("close") != null) {
                depth--;
                wantValue = false;
            } else if (matcher.group("comma") != null) {
                wantValue = true;
            } else if (matcher.group("operator") != null) {
                boolean not = matcher.group().equals("!");
                if (wantValue && !not) {
                    sink.add(where, "nothing stands before " + matcher.group());
                }
                wantValue = true;
            } else {
                if (!wantValue) {
                    sink.add(where, "no operator before " + matcher.group());
                }
                wantValue = false;
                name(where, matcher, text, jobs, steps);
            }
            if (depth < 0) {
                break;
            }
        }
        if (depth != 0) {
            sink.add(where, "brackets do not match in \"%s\"".formatted(text.strip()));
        } else if (wantValue) {
            sink.add(where, "ends where a value should stand: \"%s\"".formatted(text.strip()));
        }
    }

    private void name(
            String where, Matcher token, String text, Set<String> jobs, Set<String> steps) {
        var name = token.group("name");
        if (name == null || Set.of("true", "false", "null").contains(name)) {
            return;
        }
        boolean call = text.substring(token.end()).stripLeading().startsWith("(");
        var parts = name.split("\\.");
        if (call) {
            if (!FUNCTIONS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                sink.add(where, "there is no function " + name);
            }
        } else if (!CONTEXTS.contains(parts[0])) {
            sink.add(where, "there is no context " + parts[0]);
        } else if (parts[0].equals("steps") && parts.length > 1 && !steps.contains(parts[1])) {
            sink.add(where, "no step of this job has the id " + parts[1]);
        } else if (parts[0].equals("needs") && parts.length > 1 && !jobs.contains(parts[1])) {
            sink.add(where, "there is no job " + parts[1]);
        }
    }
}
