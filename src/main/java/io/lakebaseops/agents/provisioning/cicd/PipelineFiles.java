package io.lakebaseops.agents.provisioning.cicd;

import io.lakebaseops.domain.OpsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The files a repository needs so that each pull request gets a branch of its own: texts by their
/// path in the repository, with the checked values filled in.
record PipelineFiles(Map<String, String> values) {
    private static final Pattern MARK = Pattern.compile("@@([a-z_]+)@@");

    /// By path in the repository: name of the template.
    private static final Map<String, String> TEMPLATES =
            Map.of(
                    ".github/workflows/lakebase-pull-request.yml", "lakebase-pull-request.yml",
                    ".github/lakebase/lakebase.sh", "lakebase.sh",
                    ".github/lakebase/history.sql", "history.sql",
                    ".github/lakebase/record.sql", "record.sql",
                    ".github/lakebase/schema.sql", "schema.sql");

    PipelineFiles {
        values = Map.copyOf(values);
        values.forEach(PipelineFiles::check);
    }

    /// Every value stands between single quotes of YAML and partly of a shell: what could end them
    /// is not let in.
    private static void check(String name, String value) {
        boolean command = name.equals("test_command");
        if (value.chars().anyMatch(c -> c == '\'' || c < ' ' || c == 127)
                || value.contains("${{")
                || (!command && !value.matches("[\\w./@ -]+"))) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Input of setup_cicd_pipeline",
                    "%s may not hold quotes, line ends or expressions: %s".formatted(name, value),
                    "correct it");
        }
    }

    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        TEMPLATES.keySet().stream()
                .sorted()
                .forEach(path -> texts.put(path, fill(TEMPLATES.getOrDefault(path, path))));
        return texts;
    }

    private String fill(String template) {
        return MARK.matcher(read(template))
                .replaceAll(
                        m -> {
                            var value = values.get(m.group(1));
                            if (value == null) {
                                throw new IllegalStateException("No value for " + m.group());
                            }
                            return java.util.regex.Matcher.quoteReplacement(value);
                        });
    }

    private static String read(String template) {
        try (var in = PipelineFiles.class.getResourceAsStream("/cicd/" + template)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks /cicd/" + template);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read /cicd/" + template, e);
        }
    }
}
