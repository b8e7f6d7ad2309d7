package io.lakebaseops.guard;

import io.lakebaseops.guard.Mention.What;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Utf8Places;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The part of the guard that needs no server: one statement, of a kind that reads, made of nodes
/// and fields of the grammar that are on the list. What names in it mean is asked of the server.
final class StatementGuard {
    /// Of EXPLAIN; ANALYZE and what needs it are left out, because it runs the statement.
    private static final Set<String> EXPLAIN_OPTIONS =
            Set.of(
                    "verbose",
                    "costs",
                    "settings",
                    "generic_plan",
                    "buffers",
                    "summary",
                    "memory",
                    "format");

    private static final Map<String, String> FIELDS =
            Map.of(
                    "intoClause", "INTO makes a table",
                    "constraints", "a column definition in a query has no constraints",
                    "setof", "SETOF is no type of a value",
                    "pct_type", "%TYPE is no type of a value");

    private static final Map<String, String> NODES =
            Map.of(
                    "InsertStmt", "INSERT writes, in WITH, too",
                    "UpdateStmt", "UPDATE writes, in WITH, too",
                    "DeleteStmt", "DELETE writes, in WITH, too",
                    "MergeStmt", "MERGE writes, in WITH, too",
                    "ParamRef", "a parameter has no value here");

    /// What the static part came to.
    sealed interface Judgement {
        /// @param mentions what the server must say whether it can be trusted
        record Open(SqlStatement statement, List<Mention> mentions) implements Judgement {
            public Open {
                mentions = List.copyOf(mentions);
            }
        }

        record No(ReadResult.Refused refused) implements Judgement {}
    }

    private static final class NotTrusted extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ReadResult.Refused refused;

        NotTrusted(ReadResult.Refused refused) {
            super(refused.why(), null, false, false);
            this.refused = refused;
        }
    }

    private final TrustedCode lists = TrustedCode.lists();
    private final String text;
    private final Utf8Places places;
    private final Set<Mention> mentions = new LinkedHashSet<>();

    private StatementGuard(String text) {
        this.text = text;
        this.places = new Utf8Places(text);
    }

    static Judgement judge(String text) {
        var guard = new StatementGuard(text);
        try {
            var statement = guard.single();
            guard.kind(statement);
            statement.tree().all().forEach(guard::node);
            return new Judgement.Open(statement, List.copyOf(guard.mentions));
        } catch (NotTrusted e) {
            return new Judgement.No(e.refused);
        }
    }

    private SqlStatement single() {
        if (text.indexOf('\0') >= 0) {
            throw no("\\0", text.indexOf('\0'), "a text with a zero character is no SQL", "");
        }
        return switch (SqlParser.parse(text)) {
            case Parsed.NotUnderstood n ->
                    throw no(
                            n.position() < 0 ? "" : wordAt(n.position()),
                            n.position(),
                            "not understood: " + n.reason(),
                            n.why() == Parsed.Why.SYNTAX ? "correct it" : "make it shorter");
            case Parsed.Understood u -> {
                if (u.statements().isEmpty()) {
                    throw no("", -1, "there is no statement", "write one");
                }
                if (u.statements().size() > 1) {
                    var second = u.statements().get(1);
                    throw no(
                            second.command(),
                            second.start(),
                            "these are %d statements".formatted(u.statements().size()),
                            "run one at a time");
                }
                yield u.statements().getFirst();
            }
        };
    }

    private void kind(SqlStatement statement) {
        var tree = statement.tree();
        switch (tree.kind()) {
            case "SelectStmt", "VariableShowStmt" -> {}
            case "ExplainStmt" -> explain(tree, statement);
            default ->
                    throw no(
                            statement.command(),
                            statement.start(),
                            statement.command() + " is not a statement that only reads",
                            "allowed are SELECT, VALUES, TABLE, WITH of those, EXPLAIN, SHOW");
        }
    }

    private void explain(SqlNode explain, SqlStatement statement) {
        for (var option : explain.list("options")) {
            var name = option.text("defname");
            if (!EXPLAIN_OPTIONS.contains(name)) {
                throw no(
                        name.toUpperCase(Locale.ROOT),
                        place(option),
                        name.equals("analyze")
                                ? "EXPLAIN ANALYZE runs the statement"
                                : "EXPLAIN option " + name + " is not on the list",
                        "use EXPLAIN without it");
            }
        }
        if (!explain.field("query").is("SelectStmt")) {
            throw no(
                    "EXPLAIN",
                    statement.start(),
                    "EXPLAIN of a statement that does not only read",
                    "");
        }
    }

    private void node(SqlNode node) {
        if (!node.kind().isEmpty() && !lists.knowsNode(node.kind())) {
            throw unknown(
                    node, NODES.getOrDefault(node.kind(), node.kind() + " is not on the list"));
        }
        for (var field : node.fieldNames()) {
            if (!lists.knowsField(field)) {
                if (field.equals("lockingClause")) {
                    throw no(
                            "FOR",
                            lastWord("for"),
                            "FOR UPDATE and its like lock rows",
                            "leave it out");
                }
                throw unknown(
                        node.has("location") ? node : node.field(field),
                        FIELDS.getOrDefault(field, field + " is not on the list"));
            }
        }
        if (node.has("relname")) {
            relation(node);
        }
        if (node.has("funcname")) {
            function(node);
        }
        if (node.has("names") && node.has("typemod")) {
            add(What.TYPE, node.names("names"), node);
        }
        operators(node);
        attributes(node);
    }

    private void relation(SqlNode node) {
        var schema = node.text("schemaname");
        mentions.add(
                new Mention(
                        What.RELATION,
                        schema.isEmpty() ? null : schema,
                        node.text("relname"),
                        place(node)));
    }

    private void function(SqlNode node) {
        var names = node.names("funcname");
        var why = lists.whyRefused(names.getLast());
        boolean servers = names.size() == 1 || names.getFirst().equals("pg_catalog");
        if (why != null && servers) {
            throw no(
                    names.getLast(),
                    place(node),
                    "function %s %s".formatted(names.getLast(), why),
                    "");
        }
        add(What.FUNCTION, names, node);
    }

    /// Also those that stand in no text: `=` of IN, USING and CASE, the two of BETWEEN.
    private void operators(SqlNode node) {
        switch (node.kind()) {
            case "A_Expr" -> {
                if (node.text("kind").contains("BETWEEN")) {
                    for (var name : List.of("<", "<=", ">", ">=")) {
                        add(What.OPERATOR, List.of(name), node);
                    }
                } else {
                    add(What.OPERATOR, node.names("name"), node);
                }
            }
            case "SubLink" -> {
                var named = node.names("operName");
                add(What.OPERATOR, named.isEmpty() ? List.of("=") : named, node);
            }
            case "SortBy" -> {
                if (node.has("useOp")) {
                    add(What.OPERATOR, node.names("useOp"), node);
                }
            }
            case "JoinExpr" -> equality(node, node.has("usingClause") || node.has("isNatural"));
            case "CaseExpr" -> equality(node, node.has("arg"));
            case "CommonTableExpr" -> equality(node, node.has("cycle_clause"));
            case "RangeTableSample" -> sample(node);
            default -> {}
        }
    }

    private void equality(SqlNode node, boolean used) {
        if (used) {
            add(What.OPERATOR, List.of("="), node);
        }
    }

    private void sample(SqlNode node) {
        var method = node.names("method");
        boolean known =
                Set.of("bernoulli", "system").contains(method.getLast())
                        && (method.size() == 1 || method.getFirst().equals("pg_catalog"));
        if (!known) {
            throw no(
                    method.getLast(),
                    place(node),
                    "sampling method " + method.getLast() + " is not one of the server's",
                    "use BERNOULLI or SYSTEM");
        }
    }

    /// A name behind a dot may be a function that is called by it.
    private void attributes(SqlNode node) {
        if (node.is("ColumnRef")) {
            var names = node.names("fields");
            for (var name : names.subList(Math.min(1, names.size()), names.size())) {
                add(What.ATTRIBUTE, List.of(name), node);
            }
        } else if (node.is("A_Indirection")) {
            for (var name : node.names("indirection")) {
                add(What.FIELD, List.of(name), node.field("arg"));
            }
        }
    }

    private void add(What what, List<String> names, SqlNode node) {
        mentions.add(Mention.of(what, names, place(node)));
    }

    private int place(SqlNode node) {
        long at = node.number("location");
        return at < 0 || !node.has("location") && !node.has("relname")
                ? -1
                : places.charAt((int) at);
    }

    private NotTrusted unknown(SqlNode node, String why) {
        var located =
                node.all().filter(n -> n.has("location")).findFirst().map(this::place).orElse(-1);
        return no(located < 0 ? node.kind() : wordAt(located), located, why, "");
    }

    private String wordAt(int position) {
        for (var token : Tokens.of(text.substring(position), Tokens.Dialect.SERVER)) {
            return token.text();
        }
        return "";
    }

    private int lastWord(String word) {
        int at = 0;
        int found = -1;
        for (var token : Tokens.of(text, Tokens.Dialect.SERVER)) {
            if (token.kind() == Token.Kind.WORD && token.text().equalsIgnoreCase(word)) {
                found = at;
            }
            at += token.text().length();
        }
        return found;
    }

    private static NotTrusted no(String word, int position, String why, String whatToDo) {
        return new NotTrusted(new ReadResult.Refused(word, position, why, whatToDo));
    }
}
