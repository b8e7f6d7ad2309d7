package io.lakebaseops.console.branches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.console.Texts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A migration test that is about to be started, as typed.
///
/// @param files one a line
/// @param checks one query a line; it returns the rows that are wrong
record MigrationForm(
        String pr, String files, String source, String live, String checks, String lockLimit) {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(ms|s|min)");

    static final String PR = "pr";
    static final String FILES = "files";
    static final String SOURCE = "source";
    static final String LIVE = "live";
    static final String LOCK_LIMIT = "lock-limit";

    /// What is wrong with each field; empty when it can be started. Whether the files are there is
    /// asked when it is.
    ///
    /// @param branches of the project
    Map<String, String> problems(List<String> branches) {
        var wrong = new LinkedHashMap<String, String>();
        if (!pr.strip().matches("[1-9]\\d{0,8}")) {
            wrong.put(
                    PR,
                    Texts.of("The number of a pull request, from 1 on; the branch is ci-pr-<n>"));
        }
        if (fileList().isEmpty()) {
            wrong.put(FILES, Texts.of("At least one file or folder"));
        }
        if (!branches.contains(source)) {
            wrong.put(SOURCE, Texts.of("There is no branch '%s'", source));
        }
        if (!branches.contains(live)) {
            wrong.put(LIVE, Texts.of("There is no branch '%s'", live));
        }
        if (limit() == null) {
            wrong.put(LOCK_LIMIT, Texts.of("Write 500 ms, 1 s or 2 min"));
        }
        return wrong;
    }

    List<String> fileList() {
        return lines(files);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    @Nullable Duration limit() {
        var m = SPAN.matcher(lockLimit.strip());
        if (!m.matches()) {
            return null;
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            default -> Duration.ofMinutes(n);
        };
    }

    ObjectNode input() {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("pr", Integer.parseInt(pr.strip()));
        var list = input.putArray("files");
        fileList().forEach(list::add);
        input.put("source", source).put("live", live);
        var queries = input.putArray("checks");
        lines(checks).forEach(queries::add);
        input.put("lock_limit", String.valueOf(limit()));
        return input;
    }
}
