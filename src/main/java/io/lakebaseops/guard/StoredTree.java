package io.lakebaseops.guard;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The names, as oids, in a tree as the server stores it (`pg_node_tree`): a view's query, a
/// policy, a check, an expression of an index.
///
/// The text is `{NODE :field value …}`; braces, parentheses and spaces inside names are escaped by
/// a backslash, so that cutting at the bare ones is exact.
final class StoredTree {
    private static final Pattern TOKEN =
            Pattern.compile("[(){}\\[\\]]|(?:\\\\.|[^\\s(){}\\[\\]\\\\])+", Pattern.DOTALL);

    private static final Set<String> NODES = GuardList.read("stored-nodes.txt").section("nodes");

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "funcid",
                    "aggfnoid",
                    "winfnoid",
                    "hashfuncid",
                    "negfuncid",
                    "startInRangeFunc",
                    "endInRangeFunc");

    private static final Set<String> OPERATORS =
            Set.of("opno", "opnos", "eqop", "sortop", "cycle_mark_neop");

    private static final Set<String> TYPES = Set.of("resulttype", "resulttypeid", "funcresulttype");
    private static final String SAMPLING = "tsmhandler";

    /// Those of BERNOULLI and SYSTEM.
    private static final Set<Long> SAMPLINGS = Set.of(3313L, 3314L);

    final Set<Long> functions = new HashSet<>();
    final Set<Long> operators = new HashSet<>();
    final Set<Long> types = new HashSet<>();
    final Set<Long> relations = new HashSet<>();

    /// Functions all of whose calls have a column among their arguments: the planner cannot run
    /// them beforehand.
    final Set<Long> ofColumns = new HashSet<>();

    private final Set<Long> ofConstants = new HashSet<>();

    /// What in it nobody knows; null when all is known.
    @Nullable String unknown;

    private static final class Node {
        final String kind;
        boolean column;
        final List<Long> calls = new ArrayList<>();

        Node(String kind) {
            this.kind = kind;
        }
    }

    private final Deque<Node> open = new ArrayDeque<>();

    static StoredTree of(String text) {
        var tree = new StoredTree();
        tree.read(text);
        tree.ofColumns.removeAll(tree.ofConstants);
        return tree;
    }

    private void read(String text) {
        var tokens = TOKEN.matcher(text);
        var field = "";
        boolean kindNext = false;
        boolean bytes = false;
        while (tokens.find()) {
            var token = tokens.group();
            switch (token) {
                case "{" -> kindNext = true;
                case "}" -> closed();
                case "[" -> bytes = true;
                case "]" -> bytes = false;
                case "(", ")" -> {}
                default -> {
                    if (kindNext) {
                        opened(token);
                        kindNext = false;
                        field = "";
                    } else if (token.startsWith(":")) {
                        field = token.substring(1);
                    } else if (!bytes) {
                        value(field, token);
                    }
                }
            }
        }
        if (!open.isEmpty() || kindNext) {
            unknown = "a tree that is cut off";
        }
    }

    private void opened(String kind) {
        if (!NODES.contains(kind) && unknown == null) {
            unknown = kind;
        }
        var node = new Node(kind);
        node.column = kind.equals("VAR");
        open.push(node);
    }

    private void closed() {
        if (open.isEmpty()) {
            unknown = "a tree that is cut off";
            return;
        }
        var node = open.pop();
        (node.column ? ofColumns : ofConstants).addAll(node.calls);
        var above = open.peek();
        if (above != null) {
            above.column |= node.column;
        }
    }

    private void value(String field, String token) {
        var node = open.peek();
        if (FUNCTIONS.contains(field)) {
            oid(token, functions);
            if (node != null && functions.contains(number(token))) {
                node.calls.add(number(token));
            }
        } else if (OPERATORS.contains(field)) {
            oid(token, operators);
        } else if (TYPES.contains(field)) {
            oid(token, types);
        } else if (field.equals("relid")) {
            oid(token, relations);
        } else if (field.equals("commandType") && node != null && node.kind.equals("QUERY")) {
            if (!token.equals("1")) {
                unknown = "a query that writes";
            }
        } else if (field.equals(SAMPLING) && !SAMPLINGS.contains(number(token))) {
            unknown = "a sampling method";
        }
    }

    private static void oid(String token, Set<Long> into) {
        long oid = number(token);
        if (oid > 0) {
            into.add(oid);
        }
    }

    /// Zero for what is no number: `<>`, and the `o` before a list of oids.
    private static long number(String token) {
        return token.chars().allMatch(c -> c >= '0' && c <= '9') && token.length() < 11
                ? Long.parseLong(token)
                : 0;
    }
}
