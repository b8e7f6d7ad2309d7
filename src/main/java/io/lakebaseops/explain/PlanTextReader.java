package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Reader of plans in EXPLAIN's text format. The text says by indentation what belongs where; a
/// line that was wrapped at the edge of a terminal is joined again first.
final class PlanTextReader {
    private static final Pattern ARROW = Pattern.compile("^(\\s*)->\\s*(.*)$");
    private static final Pattern SUBPLAN =
            Pattern.compile("^(InitPlan|SubPlan|CTE)\\b(?! Scan)[^:]{0,80}$");

    private final String text;
    private final ObjectNode explained = JsonNodeFactory.instance.objectNode();

    /// A node or the heading of a subplan that can still get lines.
    private record Open(int indent, ObjectNode node, @Nullable String subplan) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable ObjectNode root;
    private final PlanFooter footer = new PlanFooter(explained);
    private @Nullable ObjectNode worker;
    private int workerIndent;

    PlanTextReader(String text) {
        this.text = text;
    }

    /// @return what EXPLAIN (FORMAT JSON) would have said
    ObjectNode read() {
        for (var line : joined()) {
            read(line);
        }
        if (root == null) {
            throw new UnreadablePlanException(
                    "No node of a plan was found in the text. A plan begins with a line such as"
                            + " \"Seq Scan on orders  (cost=0.00..35.50 rows=2550 width=4)\".");
        }
        footer.end();
        explained.set("Plan", root);
        return explained;
    }

    private void read(String line) {
        int indent = indent(line);
        var said = line.strip();
        if (root == null && !ARROW.matcher(line).matches() && !NodeHeading.begins(said)) {
            footer.before(said);
            return;
        }
        if (root != null && footer.takes(said, indent, rootIndent())) {
            return;
        }
        var arrow = ARROW.matcher(line);
        if (arrow.matches()) {
            node(arrow.group(1).length(), arrow.group(2));
        } else if (root == null) {
            node(indent, said);
        } else if (SUBPLAN.matcher(said).matches()) {
            closeTo(indent);
            worker = null;
            var above = current();
            open.push(new Open(indent, above, said));
        } else {
            property(indent, said);
        }
    }

    private int rootIndent() {
        return open.isEmpty() ? 0 : open.getLast().indent();
    }

    private void node(int indent, String heading) {
        worker = null;
        if (root != null) {
            closeTo(indent);
            if (indent <= rootIndent()) {
                throw new UnreadablePlanException(
                        "The indentation of the plan is lost, so that it cannot be told which node"
                                + " belongs to which. Paste it with its leading spaces, or as"
                                + " JSON.");
            }
        }
        var node = NodeHeading.read(heading);
        var above = open.peek();
        if (above == null) {
            root = node;
        } else {
            PlanPlaces.attach(above.node(), node, above.subplan());
        }
        open.push(new Open(indent, node, null));
    }

    private void property(int indent, String said) {
        closeTo(indent);
        var node = current();
        if (said.startsWith("Worker ")) {
            worker = WorkerLine.read(node, said);
            workerIndent = indent;
        } else if (worker != null && indent > workerIndent) {
            PropertyLine.read(worker, said);
        } else {
            worker = null;
            PropertyLine.read(node, said);
        }
    }

    /// Closes what cannot have a line that begins here; the root takes all.
    private void closeTo(int indent) {
        while (open.size() > 1 && open.element().indent() >= indent) {
            open.pop();
        }
    }

    private ObjectNode current() {
        return open.element().node();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// The lines of the plan, those that a terminal broke put together.
    private List<String> joined() {
        var physical = text.lines().toList();
        int widest = physical.stream().mapToInt(String::length).max().orElse(0);
        var lines = new ArrayList<StringBuilder>();
        boolean full = false;
        boolean started = false;
        for (var line : physical) {
            var said = line.strip();
            boolean begins =
                    ARROW.matcher(line).matches()
                            || PropertyLine.begins(said)
                            || PlanFooter.begins(said)
                            || SUBPLAN.matcher(said).matches()
                            || (!started && NodeHeading.begins(said));
            if (begins || !started) {
                lines.add(new StringBuilder(line));
            } else {
                boolean heading = openHeading(lines.getLast());
                lines.getLast().append(full || heading ? line : " " + said);
            }
            started |= begins;
            full = line.length() >= widest - 1;
        }
        return lines.stream().map(l -> l.toString().stripTrailing()).toList();
    }

    /// Is this the line of a node whose figures are not closed yet?
    private static boolean openHeading(CharSequence line) {
        var said = line.toString();
        int open = said.lastIndexOf('(');
        return open >= 0 && said.indexOf(')', open) < 0;
    }
}
