package io.lakebaseops.sqltext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One node of a parse tree: its kind, as the server's sources call it, and its fields.
///
/// libpg_query wraps a node as `{"Kind": {…}}` where several kinds are possible and leaves the
/// wrapper out where the field allows one only; such a node has no kind here. What is false, zero
/// or empty is left out of the tree, so every accessor has a value for "not there".
public final class SqlNode {
    /// Where a field is missing.
    static final SqlNode NONE = new SqlNode("", MissingNode.getInstance());

    private final String kind;
    private final JsonNode fields;

    private SqlNode(String kind, JsonNode fields) {
        this.kind = kind;
        this.fields = fields;
    }

    static SqlNode of(JsonNode json) {
        if (json.isObject() && json.size() == 1) {
            var only = json.properties().iterator().next();
            if (Character.isUpperCase(only.getKey().charAt(0))) {
                return new SqlNode(only.getKey(), only.getValue());
            }
        }
        return new SqlNode("", json);
    }

    /// `SelectStmt`, `FuncCall` …; empty where the field allows one kind only.
    public String kind() {
        return kind;
    }

    public boolean is(String name) {
        return kind.equals(name);
    }

    public boolean present() {
        return !fields.isMissingNode();
    }

    public boolean has(String field) {
        return fields.has(field);
    }

    public SqlNode field(String name) {
        var value = fields.get(name);
        return value == null ? NONE : of(value);
    }

    /// The elements of a list, also of a `List` node; none when it is missing.
    public List<SqlNode> list(String name) {
        var value = fields.get(name);
        return value == null ? List.of() : elements(value);
    }

    /// The elements of this node where it is itself a list.
    public List<SqlNode> items() {
        return is("List") ? list("items") : elements(fields);
    }

    private static List<SqlNode> elements(JsonNode value) {
        var list = value.isArray() ? value : value.path("List").path("items");
        return StreamSupport.stream(list.spliterator(), false).map(SqlNode::of).toList();
    }

    /// A text or the name of a constant; empty when it is missing.
    public String text(String name) {
        return fields.path(name).asText("");
    }

    public boolean flag(String name) {
        return fields.path(name).asBoolean(false);
    }

    public long number(String name) {
        return fields.path(name).asLong(0);
    }

    /// The text of a `String` node; empty for any other.
    public String string() {
        return is("String") ? text("sval") : "";
    }

    /// The texts of a list of `String` nodes, such as a qualified name.
    public List<String> names(String field) {
        return strings(list(field));
    }

    static List<String> strings(List<SqlNode> nodes) {
        return nodes.stream().filter(n -> n.is("String")).map(SqlNode::string).toList();
    }

    /// Names of the fields that are there.
    public List<String> fieldNames() {
        var names = new ArrayList<String>();
        fields.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Nodes directly below, of every field, lists taken apart.
    public List<SqlNode> children() {
        var found = new ArrayList<SqlNode>();
        var waiting = new ArrayDeque<JsonNode>();
        fields.forEach(waiting::add);
        while (!waiting.isEmpty()) {
            var next = waiting.removeFirst();
            if (next.isObject()) {
                found.add(of(next));
            } else if (next.isArray()) {
                int at = 0;
                var inner = new ArrayList<JsonNode>();
                next.forEach(inner::add);
                for (at = inner.size() - 1; at >= 0; at--) {
                    waiting.addFirst(inner.get(at));
                }
            }
        }
        return found;
    }

    /// This node and everything below it, parents first.
    public Stream<SqlNode> all() {
        var found = new ArrayList<SqlNode>();
        var waiting = new ArrayDeque<SqlNode>();
        waiting.add(this);
        while (!waiting.isEmpty()) {
            var next = waiting.removeLast();
            found.add(next);
            next.children().reversed().forEach(waiting::add);
        }
        return found.stream();
    }

    /// Functions, operators, types and whatever else runs code when it is evaluated.
    public List<CodeUse> code() {
        return CodeFinder.of(this);
    }

    JsonNode json() {
        return fields;
    }

    @Override
    public String toString() {
        return kind + fields;
    }
}
