package io.lakebaseops.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The plan inside what programs print around it: frames of psql and DBeaver, quotation marks of
/// pgAdmin and CSV, prefixes of the server's log, prompts and row counts.
final class PlanFraming {
    private static final Pattern ROW_COUNT = Pattern.compile("^\\s*\\(\\d+ rows?\\)\\s*$");
    private static final Pattern RULE = Pattern.compile("^[\\s|+│┌┐└┘├┤┬┴┼─═╔╗╚╝╠╣║╟╢╞╡╪╌*-]{3,}$");
    private static final Pattern PROMPT =
            Pattern.compile("^\\S*[=\\-(*!]*[#>] .*|^\\s*#.*|^\\s*(?i:explain)\\b.*");
    private static final Pattern LOG =
            Pattern.compile("^(?:.*\\bLOG:)?\\s*duration: [\\d.]+ ms\\s+plan:\\s*(.*)$");
    private static final Pattern LEFT_EDGE = Pattern.compile("^\\s*[|│║] ?");
    private static final Pattern RIGHT_EDGE = Pattern.compile("\\s*[|│║]\\s*$");
    private static final Pattern CONTINUED = Pattern.compile("\\s*[+↵]\\s*$");

    private PlanFraming() {}

    /// @return the lines of the plan alone, their indentation kept
    static String unframed(String pasted) {
        var lines = new ArrayList<>(pasted.replace('\u00a0', ' ').lines().toList());
        fromLog(lines);
        boolean framed = lines.stream().anyMatch(PlanFraming::header);
        boolean quoted = quoted(lines);
        var plan = new ArrayList<String>();
        for (var line : lines) {
            var bare = line;
            if (framed) {
                bare = LEFT_EDGE.matcher(bare).replaceFirst("");
                bare = RIGHT_EDGE.matcher(bare).replaceFirst("");
                bare = CONTINUED.matcher(bare).replaceFirst("");
            }
            if (quoted) {
                bare = unquoted(bare);
            }
            plan.add(expanded(bare));
        }
        return String.join("\n", withoutFrame(plan));
    }

    private static boolean header(String line) {
        return line.replaceAll("[|│║+]", " ").strip().startsWith("QUERY PLA");
    }

    private static List<String> withoutFrame(List<String> lines) {
        var plan = new ArrayList<String>();
        boolean before = true;
        for (var line : lines) {
            if (line.isBlank()
                    || ROW_COUNT.matcher(line).matches()
                    || RULE.matcher(line).matches()
                    || header(line)) {
                continue;
            }
            // A header that was itself wrapped leaves its last letters on a line of their own.
            boolean rest =
                    before && line.strip().length() <= 9 && "QUERY PLAN".endsWith(line.strip());
            if (before && (rest || PROMPT.matcher(line).matches())) {
                continue;
            }
            before = false;
            plan.add(line);
        }
        return plan;
    }

    /// What `auto_explain` logged: everything before is another entry, what follows with a prefix
    /// of its own too.
    private static void fromLog(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var log = LOG.matcher(lines.get(i));
            if (log.matches()) {
                var plan = new ArrayList<String>();
                if (!log.group(1).isBlank()) {
                    plan.add(log.group(1));
                }
                for (var line : lines.subList(i + 1, lines.size())) {
                    if (line.matches("^\\d{4}-\\d\\d-\\d\\d .*")) {
                        break;
                    }
                    plan.add(line);
                }
                lines.clear();
                lines.addAll(plan);
                return;
            }
        }
    }

    /// Are the rows in quotation marks, as pgAdmin copies them and CSV holds them?
    private static boolean quoted(List<String> lines) {
        var rows = lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
        long marked = rows.stream().filter(PlanFraming::marked).count();
        boolean whole =
                !rows.isEmpty()
                        && rows.getFirst().matches("^\"\\s*[\\[{].*")
                        && rows.getLast().endsWith("\"");
        boolean keys =
                rows.stream()
                        .anyMatch(
                                l ->
                                        l.startsWith("\"Plan\"")
                                                || l.startsWith("\"Node Type\"")
                                                || l.contains("Node Type: \""));
        return whole || (!keys && marked > 0 && marked * 2 >= rows.size());
    }

    private static boolean marked(String row) {
        return row.startsWith("\"") || row.startsWith("'") || row.endsWith("\"");
    }

    private static String unquoted(String line) {
        var bare = line.stripTrailing();
        var mark = bare.stripLeading().startsWith("'") ? "'" : "\"";
        if (bare.stripLeading().startsWith(mark)) {
            bare = bare.substring(bare.indexOf(mark) + 1);
        }
        if (bare.endsWith(mark)) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare.replace(mark + mark, mark);
    }

    private static String expanded(String line) {
        if (line.indexOf('\t') < 0) {
            return line;
        }
        var spaces = new StringBuilder();
        for (char c : line.toCharArray()) {
            if (c == '\t') {
                spaces.append(" ".repeat(8 - spaces.length() % 8));
            } else {
                spaces.append(c);
            }
        }
        return spaces.toString();
    }
}
