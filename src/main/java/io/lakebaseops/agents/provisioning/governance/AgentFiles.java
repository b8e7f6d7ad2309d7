package io.lakebaseops.agents.provisioning.governance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.framework.GeneratedFiles.GeneratedFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The files that tell an AI agent how to behave, and hold it to that: rules, numbers, the script
/// that enforces them, and who must review.
record AgentFiles(
        String project,
        String database,
        String source,
        String role,
        int limit,
        Duration ttl,
        List<String> reviewers,
        String migrations) {
    AgentFiles {
        reviewers = List.copyOf(reviewers);
    }

    List<GeneratedFile> files() {
        var files = new ArrayList<GeneratedFile>();
        files.add(new GeneratedFile("AGENTS.md", rules()));
        files.add(new GeneratedFile(".lakebase/agent-policy.json", policy()));
        files.add(
                new GeneratedFile(
                        ".lakebase/agent-branch.sh", read("/governance/agent-branch.sh")));
        files.add(new GeneratedFile(".lakebase/lakebase.sh", read("/cicd/lakebase.sh")));
        files.add(new GeneratedFile(".lakebase/schema.sql", read("/cicd/schema.sql")));
        if (!reviewers.isEmpty()) {
            files.add(new GeneratedFile(".github/CODEOWNERS", owners()));
        }
        return files;
    }

    private String rules() {
        return read("/governance/AGENTS.md")
                .replace("@@project@@", project)
                .replace("@@source@@", source)
                .replace("@@role@@", role)
                .replace("@@limit@@", Integer.toString(limit))
                .replace("@@ttl@@", ttl.toMinutes() + " minutes");
    }

    private String policy() {
        ObjectNode policy = new JsonMapper().createObjectNode();
        policy.put("project", project).put("database", database).put("source", source);
        policy.put("read_only_role", role).put("limit", limit);
        policy.put("ttl_seconds", ttl.toSeconds());
        return policy.toPrettyString() + "\n";
    }

    /// GitHub asks the owners of touched files for their review.
    private String owners() {
        var who = String.join(" ", reviewers);
        return "# People who must approve what changes the database or the rules for agents.\n"
                + "/%s/ %s\n/.lakebase/ %s\n/AGENTS.md %s\n/.github/ %s\n"
                        .formatted(migrations, who, who, who, who);
    }

    private static String read(String resource) {
        try (var in = AgentFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }
}
