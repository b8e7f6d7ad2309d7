package io.lakebaseops.agents.provisioning.cicd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Checks that a step's script is safe from what people write into titles and branch names: no
/// expression may stand in it (values come through the environment), no variable without quotes, no
/// secret.
final class ScriptCheck {
    /// Beginnings of tokens that must never stand in a file.
    private static final Pattern SECRET =
            Pattern.compile(
                    "dapi[0-9a-f]{8}|gh[pousr]_[A-Za-z0-9]{8}|AKIA[0-9A-Z]{12}|eyJ[\\w-]{16}");

    private ScriptCheck() {}

    static List<String> of(String run) {
        var problems = new ArrayList<String>();
        if (run.isBlank()) {
            problems.add("is empty");
        }
        if (run.contains("${{")) {
            problems.add("an expression is pasted into the script: hand it over by env");
        }
        if (SECRET.matcher(run).find()) {
            problems.add("holds what looks like a secret");
        }
        if (Pattern.compile("curl[^|\\n]*\\|\\s*(ba)?sh").matcher(run).find()) {
            problems.add("runs what it downloads");
        }
        quoting(run, problems);
        return problems;
    }

    /// Walks through the text as the shell splits it; a `$name` outside quotes would be split into
    /// words and matched against file names.
    private static void quoting(String run, List<String> problems) {
        char in = 0;
        int arithmetic = 0;
        for (int i = 0; i < run.length(); i++) {
            char c = run.charAt(i);
            if (in == '\'') {
                in = c == '\'' ? 0 : in;
            } else if (c == '\\') {
                i++;
            } else if (c == '"') {
                in = in == '"' ? 0 : '"';
            } else if (in == 0 && c == '\'') {
                in = '\'';
            } else if (in == 0
                    && c == '#'
                    && (i == 0 || Character.isWhitespace(run.charAt(i - 1)))) {
                int end = run.indexOf('\n', i);
                i = end < 0 ? run.length() : end;
            } else if (run.startsWith("$((", i)) {
                arithmetic++;
                i += 2;
            } else if (arithmetic > 0 && run.startsWith("))", i)) {
                arithmetic--;
                i++;
            } else if (in == 0
                    && arithmetic == 0
                    && c == '$'
                    && expands(run, i)
                    && !assigned(run, i)) {
                problems.add(
                        "a variable is not quoted: "
                                + run.substring(i).lines().findFirst().orElse(""));
            }
        }
        if (in != 0) {
            problems.add("a quote is never closed");
        }
    }

    private static boolean expands(String run, int at) {
        if (at + 1 >= run.length()) {
            return false;
        }
        char next = run.charAt(at + 1);
        return Character.isLetterOrDigit(next)
                || ("_{@*(".indexOf(next) >= 0 && !run.startsWith("${{", at));
    }

    /// `name=$other` is not split.
    private static boolean assigned(String run, int at) {
        int start = Math.max(run.lastIndexOf('\n', at), run.lastIndexOf(' ', at)) + 1;
        return run.substring(start, at).matches("[A-Za-z_][A-Za-z0-9_]*=\\S*");
    }
}
