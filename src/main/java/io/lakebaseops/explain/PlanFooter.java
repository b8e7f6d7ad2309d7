package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// What EXPLAIN prints before and after the nodes of a text plan: query text, times, triggers,
/// settings, just-in-time compilation.
final class PlanFooter {
    private static final Pattern TIME =
            Pattern.compile(
                    "^(Planning [Tt]ime|Execution [Tt]ime|Total [Rr]untime): ([\\d.]+) ms.*");
    private static final Pattern TRIGGER =
            Pattern.compile(
                    "^Trigger (?:for constraint )?(.*?)(?: on [^:]*)?:"
                            + "(?: time=([\\d.]+))? calls=(\\d+)$");
    private static final Pattern SETTING = Pattern.compile("([\\w.]+) = '((?:[^']|'')*)'");
    private static final Pattern JIT_TOTAL = Pattern.compile("Total ([\\d.]+) ms");
    private static final Pattern BLOCK = Pattern.compile("^(JIT|Planning|Serialization):.*");
    private static final Pattern IDENTIFIER = Pattern.compile("^Query Identifier: (-?\\d+)$");
    private static final Pattern IN_BLOCK =
            Pattern.compile(
                    "^(Functions|Options|Timing|Inlining|Memory): .*|^Worker \\d+: +JIT:.*");

    private final ObjectNode explained;
    private @Nullable String block;
    private @Nullable StringBuilder query;

    PlanFooter(ObjectNode explained) {
        this.explained = explained;
    }

    static boolean begins(String said) {
        return TIME.matcher(said).matches()
                || said.startsWith("Trigger ")
                || said.startsWith("Settings: ")
                || BLOCK.matcher(said).matches()
                || IN_BLOCK.matcher(said).matches()
                || IDENTIFIER.matcher(said).matches();
    }

    /// A line above the first node: the query as `auto_explain` logs it.
    void before(String said) {
        if (said.startsWith("Query Text: ")) {
            query = new StringBuilder(said.substring("Query Text: ".length()));
        } else if (query != null && !said.startsWith("Query Parameters: ")) {
            query.append('\n').append(said);
        }
    }

    /// @param root how deep the root stands; what stands no deeper is about the whole plan
    /// @return false for a line that belongs to a node
    boolean takes(String said, int indent, int root) {
        var time = TIME.matcher(said);
        if (time.matches()) {
            block = null;
            // A plan pasted without its first spaces stands one or two off; times that stand deeper
            // are those of a part that another server ran.
            if (indent > root + 2) {
                return true;
            }
            boolean planning = time.group(1).startsWith("Planning");
            explained.put(
                    planning ? "Planning Time" : "Execution Time",
                    Double.parseDouble(time.group(2)));
            return true;
        }
        if (said.startsWith("Trigger ")) {
            block = null;
            trigger(said);
            return true;
        }
        if (said.startsWith("Settings: ")) {
            var settings = explained.putObject("Settings");
            var setting = SETTING.matcher(said);
            while (setting.find()) {
                settings.put(setting.group(1), setting.group(2).replace("''", "'"));
            }
            return true;
        }
        var identifier = IDENTIFIER.matcher(said);
        if (identifier.matches()) {
            explained.put("Query Identifier", identifier.group(1));
            return true;
        }
        if (BLOCK.matcher(said).matches()) {
            block = said;
            return true;
        }
        if (block != null && block.startsWith("JIT") && said.startsWith("Timing:")) {
            var total = JIT_TOTAL.matcher(said);
            if (total.find()) {
                explained
                        .putObject("JIT")
                        .putObject("Timing")
                        .put("Total", Double.parseDouble(total.group(1)));
            }
            return true;
        }
        return block != null && (indent <= root || indent > 0);
    }

    private void trigger(String said) {
        var trigger = TRIGGER.matcher(said);
        if (trigger.matches()) {
            var entry = explained.withArray("Triggers").addObject();
            entry.put("Trigger Name", trigger.group(1));
            entry.put("Time", trigger.group(2) == null ? 0 : Double.parseDouble(trigger.group(2)));
            entry.put("Calls", Double.parseDouble(trigger.group(3)));
        }
    }

    void end() {
        if (query != null) {
            explained.put("Query Text", query.toString().strip());
        }
    }
}
