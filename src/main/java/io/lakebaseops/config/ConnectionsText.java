package io.lakebaseops.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines of a hand-edited profiles file, so that one entry can be changed and every comment and
/// every other line stays as a person wrote it.
final class ConnectionsText {
    private static final String USUAL_INDENT = "  ";

    /// Lines of one entry, the comments right above it among them.
    private record Block(@Nullable String name, int comments, List<String> lines) {
        Block {
            lines = List.copyOf(lines);
        }
    }

    private final List<String> head;
    private final List<Block> blocks;
    private final List<String> tail;
    private final String indent;

    private ConnectionsText(
            List<String> head, List<Block> blocks, List<String> tail, String indent) {
        this.head = head;
        this.blocks = blocks;
        this.tail = tail;
        this.indent = indent;
    }

    /// Empty when the file is not written one entry below the other.
    static Optional<ConnectionsText> of(String text) {
        var entries = entries(text);
        if (entries == null) {
            return Optional.empty();
        }
        var lines = text.lines().toList();
        var blocks = new ArrayList<Block>();
        int at = -1;
        int first = lines.size();
        for (var entry : entries) {
            int begin = entry.getStartMark().getLine();
            int end = lastLine(entry);
            if (begin <= at || end >= lines.size() || !lines.get(begin).strip().startsWith("-")) {
                return Optional.empty();
            }
            int above = begin;
            while (above - 1 > at && at >= 0 && lines.get(above - 1).strip().startsWith("#")) {
                above--;
            }
            if (blocks.isEmpty()) {
                first = begin;
            } else if (above > at + 1) {
                // Blank lines between entries belong to the one above.
                var before = blocks.removeLast();
                var longer = new ArrayList<>(before.lines());
                longer.addAll(lines.subList(at + 1, above));
                blocks.add(new Block(before.name(), before.comments(), longer));
            }
            blocks.add(new Block(name(entry), begin - above, lines.subList(above, end + 1)));
            at = end;
        }
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        var line = lines.get(first);
        return Optional.of(
                new ConnectionsText(
                        lines.subList(0, first),
                        blocks,
                        lines.subList(at + 1, lines.size()),
                        line.substring(0, line.indexOf('-'))));
    }

    private static @Nullable List<Node> entries(String text) {
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode map) {
                for (NodeTuple pair : map.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals("connections")
                            && pair.getValueNode() instanceof SequenceNode list) {
                        return list.getValue();
                    }
                }
            }
            return null;
        } catch (YAMLException e) {
            // The reader of the profiles says what is wrong in it.
            return null;
        }
    }

    private static @Nullable String name(Node entry) {
        if (entry instanceof MappingNode map) {
            for (var pair : map.getValue()) {
                if (pair.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals("name")
                        && pair.getValueNode() instanceof ScalarNode value) {
                    return value.getValue();
                }
            }
        }
        return null;
    }

    /// A block ends only where the next thing begins, so the last value in it tells.
    private static int lastLine(Node node) {
        boolean flow =
                !(node instanceof CollectionNode<?> c)
                        || c.getFlowStyle() == org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW;
        if (flow) {
            var end = node.getEndMark();
            return end.getColumn() == 0 ? end.getLine() - 1 : end.getLine();
        }
        int last = node.getStartMark().getLine();
        if (node instanceof MappingNode map) {
            for (var pair : map.getValue()) {
                last = Math.max(last, lastLine(pair.getValueNode()));
            }
        } else if (node instanceof SequenceNode list) {
            for (var item : list.getValue()) {
                last = Math.max(last, lastLine(item));
            }
        }
        return last;
    }

    /// @param entry in YAML's flow style, one line
    ConnectionsText put(String name, String entry) {
        var next = new ArrayList<Block>();
        boolean there = false;
        for (var block : blocks) {
            if (name.equals(block.name())) {
                var lines = new ArrayList<>(block.lines().subList(0, block.comments()));
                lines.add(indent + "- " + entry);
                trailing(block).forEach(lines::add);
                next.add(new Block(name, block.comments(), lines));
                there = true;
            } else {
                next.add(block);
            }
        }
        if (!there) {
            next.add(new Block(name, 0, List.of(indent + "- " + entry)));
        }
        return with(next);
    }

    /// Comments and blank lines behind the entry itself.
    private static List<String> trailing(Block block) {
        var lines = block.lines();
        int end = lines.size();
        while (end > block.comments() + 1
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().startsWith("#"))) {
            end--;
        }
        return lines.subList(end, lines.size());
    }

    /// What a person wrote above the entry stays.
    ConnectionsText remove(String name) {
        var next = new ArrayList<Block>();
        var kept = new ArrayList<>(head);
        for (var block : blocks) {
            if (!name.equals(block.name())) {
                next.add(block);
                continue;
            }
            var comments = new ArrayList<>(block.lines().subList(0, block.comments()));
            comments.addAll(trailing(block));
            if (next.isEmpty()) {
                kept.addAll(comments);
            } else {
                var before = next.removeLast();
                var lines = new ArrayList<>(before.lines());
                lines.addAll(comments);
                next.add(new Block(before.name(), before.comments(), lines));
            }
        }
        return new ConnectionsText(kept, next, tail, indent);
    }

    /// @param by -1 for one place up, 1 for one down
    ConnectionsText move(String name, int by) {
        var next = new ArrayList<>(blocks);
        for (int i = 0; i < next.size(); i++) {
            int to = i + by;
            if (name.equals(next.get(i).name()) && to >= 0 && to < next.size()) {
                next.add(to, next.remove(i));
                break;
            }
        }
        return with(next);
    }

    private ConnectionsText with(List<Block> next) {
        return new ConnectionsText(head, next, tail, indent);
    }

    String text() {
        var all = new ArrayList<>(head);
        if (blocks.isEmpty()) {
            all.removeIf(line -> line.strip().matches("connections\\s*:.*"));
            all.add("connections: []");
        }
        blocks.forEach(block -> all.addAll(block.lines()));
        all.addAll(tail);
        return String.join("\n", all) + "\n";
    }

    static String fresh(List<String> entries) {
        var text = new StringBuilder("connections:\n");
        entries.forEach(e -> text.append(USUAL_INDENT).append("- ").append(e).append('\n'));
        return entries.isEmpty() ? "connections: []\n" : text.toString();
    }
}
