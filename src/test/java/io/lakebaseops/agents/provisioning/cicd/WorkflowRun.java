package io.lakebaseops.agents.provisioning.cicd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs the scripts of one job as a runner would: in order, in one directory, with the job's
/// environment, until one fails; `always()` steps run even then.
record WorkflowRun(
        Path repository, Path temp, Map<String, String> expressions, Map<String, String> env) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

    record Result(boolean good, String log) {}

    Result job(String name) throws IOException, InterruptedException {
        var workflow =
                new YAMLMapper()
                        .readTree(
                                repository
                                        .resolve(".github/workflows/lakebase-pull-request.yml")
                                        .toFile());
        var job = workflow.path("jobs").path(name);
        Files.createDirectories(temp);
        var outcomes = new HashMap<>(expressions);
        var log = new StringBuilder();
        boolean good = true;
        for (var step : job.path("steps")) {
            var id = "steps." + step.path("id").asText() + ".outcome";
            if (!step.has("run")) {
                continue;
            }
            if (!good && !step.path("if").asText().equals("always()")) {
                outcomes.put(id, "skipped");
                continue;
            }
            var environment = new HashMap<>(env);
            fill(workflow.path("env"), outcomes, environment);
            fill(step.path("env"), outcomes, environment);
            environment.put("RUNNER_TEMP", temp.toString());
            boolean passed = run(step.path("run").asText(), environment, log);
            outcomes.put(id, passed ? "success" : "failure");
            good &= passed;
        }
        return new Result(good, log.toString());
    }

    private static void fill(JsonNode from, Map<String, String> values, Map<String, String> into) {
        for (var one : from.properties()) {
            into.put(
                    one.getKey(),
                    EXPRESSION
                            .matcher(one.getValue().asText())
                            .replaceAll(
                                    m -> {
                                        assertThat(values).containsKey(m.group(1));
                                        return values.get(m.group(1));
                                    }));
        }
    }

    private boolean run(String script, Map<String, String> environment, StringBuilder log)
            throws IOException, InterruptedException {
        var file = Files.writeString(temp.resolve("step.sh"), script);
        var out = temp.resolve("step.log");
        var builder =
                new ProcessBuilder(
                                "bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString())
                        .directory(repository.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            log.append("timed out: ").append(script);
            return false;
        }
        log.append("$ ").append(script).append('\n').append(Files.readString(out)).append('\n');
        return process.exitValue() == 0;
    }
}
