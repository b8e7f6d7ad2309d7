package io.lakebaseops.guard;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.guard.CatalogFacts.Function;
import io.lakebaseops.guard.CatalogFacts.Operator;
import io.lakebaseops.guard.CatalogFacts.Relation;
import io.lakebaseops.guard.CatalogFacts.Type;
import io.lakebaseops.guard.Mention.What;
import io.lakebaseops.guard.ReadResult.Refused;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The part of the guard that asks the server: what do the names of a statement mean in this
/// database, and what runs when they are used? Views, policies, domains, casts and expressions of
/// indexes are followed to the functions in them.
///
/// A name without a schema is trusted only if everything it could mean on the search path is.
final class CatalogJudge {
    /// A partitioned table may have that many partitions; a view never stands on that many tables.
    private static final int MOST = 20_000;

    private static final int ROUNDS = 60;

    /// Functions whose answer depends on who asks.
    private static final Pattern OF_THE_LOGIN =
            Pattern.compile("pg|has_|current_|session_|getpgusername|row_security|to_reg|inet_");

    /// Why something is looked at: the word of the statement, and the way from there.
    private record Reason(Mention mention, String way) {
        Reason by(String step) {
            return new Reason(mention, way.isEmpty() ? step : way + ", " + step);
        }
    }

    private final TrustedCode lists = TrustedCode.lists();
    private final CatalogFacts facts;
    private final CatalogFacts.Session session;

    /// Things of one catalog that wait to be looked at, each once.
    private static final class Queue {
        private final Map<Long, Reason> waiting = new LinkedHashMap<>();
        private final Set<Long> seen = new HashSet<>();

        void add(long oid, Reason reason) {
            if (seen.add(oid)) {
                waiting.put(oid, reason);
            }
        }

        Map<Long, Reason> taken() {
            var round = new LinkedHashMap<>(waiting);
            waiting.clear();
            return round;
        }
    }

    private final Queue relations = new Queue();
    private final Queue types = new Queue();
    private final Queue functions = new Queue();
    private final Queue operators = new Queue();

    /// Functions that the planner meets with columns as arguments.
    private final Queue planned = new Queue();

    private final List<Queue> all = List.of(relations, types, functions, operators, planned);
    private boolean onlyPlainTables = true;
    private @Nullable Refused no;

    CatalogJudge(CatalogFacts facts, CatalogFacts.Session session) {
        this.facts = facts;
        this.session = session;
    }

    /// @param named what the statement's relation names mean, by their quoted text
    @Nullable Refused judge(List<Mention> mentions, Map<String, Long> named) {
        byName(mentions, named);
        for (int round = 0; no == null && pending(); round++) {
            if (round == ROUNDS || relations.seen.size() > MOST) {
                return new Refused("", -1, "what it stands on is too much to judge", "read less");
            }
            relations();
            types();
            functions();
            operators();
        }
        if (no == null) {
            casts(mentions);
        }
        return no;
    }

    /// Are these nothing but tables, so that the right to read tables suffices?
    boolean onlyPlainTables() {
        return onlyPlainTables && !relations.seen.isEmpty();
    }

    static Ident ident(Mention m) {
        return m.schema() == null ? Ident.of(m.name()) : Ident.of(m.schema(), m.name());
    }

    private boolean pending() {
        return all.stream().anyMatch(q -> !q.waiting.isEmpty());
    }

    private void byName(List<Mention> mentions, Map<String, Long> named) {
        var byWhat = mentions.stream().collect(Collectors.groupingBy(Mention::what));
        for (var m : byWhat.getOrDefault(What.RELATION, List.of())) {
            var oid = named.get(ident(m).sql());
            if (oid != null) {
                relations.add(oid, new Reason(m, ""));
            }
        }
        var calls = new ArrayList<>(byWhat.getOrDefault(What.FUNCTION, List.of()));
        calls.addAll(byWhat.getOrDefault(What.ATTRIBUTE, List.of()));
        calls.addAll(byWhat.getOrDefault(What.FIELD, List.of()));
        calledByName(calls);
        operatorsByName(byWhat.getOrDefault(What.OPERATOR, List.of()));
        var typeNames = new ArrayList<>(byWhat.getOrDefault(What.TYPE, List.of()));
        // A call may be a cast in the shape of a call.
        typeNames.addAll(byWhat.getOrDefault(What.FUNCTION, List.of()));
        typesByName(typeNames);
    }

    private void calledByName(List<Mention> calls) {
        var candidates =
                facts.functions(names(calls), List.of()).stream()
                        .collect(Collectors.groupingBy(Function::name));
        for (var m : calls) {
            for (var f : candidates.getOrDefault(m.name(), List.of())) {
                boolean possible = m.what() != What.ATTRIBUTE || f.takesRow();
                if (possible && visible(m, f.schema())) {
                    judged(f, new Reason(m, ""));
                }
            }
        }
    }

    private void operatorsByName(List<Mention> named) {
        var candidates =
                facts.operators(names(named), List.of()).stream()
                        .collect(Collectors.groupingBy(Operator::name));
        for (var m : named) {
            for (var o : candidates.getOrDefault(m.name(), List.of())) {
                if (visible(m, o.schema())) {
                    judged(o, new Reason(m, ""));
                }
            }
        }
    }

    private void typesByName(List<Mention> named) {
        var candidates =
                facts.types(names(named), List.of()).stream()
                        .collect(Collectors.groupingBy(Type::name));
        for (var m : named) {
            for (var t : candidates.getOrDefault(m.name(), List.of())) {
                if (visible(m, t.schema()) && types.seen.add(t.oid())) {
                    judged(t, new Reason(m, ""), m.what() == What.TYPE);
                }
            }
        }
    }

    private static List<String> names(List<Mention> mentions) {
        return mentions.stream().map(Mention::name).distinct().toList();
    }

    private boolean visible(Mention m, String schema) {
        return m.schema() == null ? session.schemas().contains(schema) : m.schema().equals(schema);
    }

    private void judged(Function f, Reason reason) {
        if (lists.trusts(f)) {
            onlyPlainTables &= !f.isVolatile() && !OF_THE_LOGIN.matcher(f.name()).lookingAt();
            return;
        }
        var m = reason.mention();
        boolean builtIn = f.builtIn() && f.schema().equals("pg_catalog");
        var why = builtIn ? lists.whyRefused(f.name()) : null;
        var what =
                why != null
                        ? "it " + why
                        : builtIn
                                ? "it is not on the list of the harmless ones"
                                : "nobody can tell what it does";
        boolean servers =
                m.schema() == null
                        && reason.way().isEmpty()
                        && !builtIn
                        && lists.harmlessFunctions().contains(m.name());
        refuse(
                reason,
                "function %s is not trusted: %s".formatted(f.inWords(), what),
                servers ? "write pg_catalog.%s to mean the server's own".formatted(m.name()) : "");
    }

    private void judged(Operator o, Reason reason) {
        if (o.builtIn()) {
            return;
        }
        if (lists.trusts(o.extension())) {
            functions.add(o.code(), reason.by("operator " + o.name()));
            return;
        }
        refuse(
                reason,
                "operator %s.%s is not trusted: it calls a function of this database"
                        .formatted(o.schema(), o.name()),
                reason.way().isEmpty()
                        ? "write OPERATOR(pg_catalog.%s) to mean the server's own"
                                .formatted(o.name())
                        : "");
    }

    /// @param sure it is a type; a call of the same name may mean something else
    private void judged(Type t, Reason reason, boolean sure) {
        if (t.builtIn()) {
            return;
        }
        boolean listed = lists.trusts(t.extension());
        if (t.kind().equals("b") && !listed && t.parts().isEmpty()
                || t.kind().equals("p") && !listed) {
            refuse(
                    reason,
                    "type %s.%s is not trusted: it is neither the server's nor of a listed extension"
                            .formatted(t.schema(), t.name()),
                    "");
            return;
        }
        var step = sure ? "type " + t.name() : "type " + t.name() + " of that name";
        t.parts().forEach(p -> types.add(p, reason.by(step)));
        t.functions().forEach(f -> functions.add(f, reason.by(step)));
        t.checks().forEach(c -> stored(c, reason.by("check of domain " + t.name()), false));
    }

    private void relations() {
        var round = relations.taken();
        if (round.isEmpty()) {
            return;
        }
        for (var r : facts.relations(round.keySet())) {
            judged(r, Objects.requireNonNull(round.get(r.oid())));
        }
    }

    private void judged(Relation r, Reason reason) {
        if (r.builtIn()) {
            onlyPlainTables = false;
            if (lists.holdsSecrets(r.name())) {
                refuse(reason, r.inWords() + " holds passwords or their hashes", "");
            }
            return;
        }
        onlyPlainTables &= !r.rowSecurity();
        switch (r.kind()) {
            case "r", "p", "m", "v", "S", "t" -> {}
            case "f" ->
                    refuse(
                            reason,
                            "foreign table %s is read by code that reaches out of the server"
                                    .formatted(r.inWords()),
                            "read it where it lives");
            default -> refuse(reason, r.inWords() + " is of a kind that is not on the list", "");
        }
        if (!r.usualStorage()) {
            refuse(reason, r.inWords() + " has a storage that is not the server's", "");
        }
        var step = r.kind().equals("v") ? "view " + r.inWords() : r.inWords();
        r.rules().forEach(t -> stored(t, reason.by(step), false));
        r.generated().forEach(t -> stored(t, reason.by("a generated column of " + step), false));
        if (r.rowSecurity()) {
            r.policies().forEach(t -> stored(t, reason.by("a policy of " + step), false));
        }
        r.planned().forEach(t -> stored(t, reason.by("an index of " + step), true));
        r.children().forEach(c -> relations.add(c, reason.by("its part")));
        r.types().forEach(t -> types.add(t, reason.by("a column of " + step)));
    }

    /// @param onlyPlanned it is not run, but the planner may compute what has constants only
    private void stored(String text, Reason reason, boolean onlyPlanned) {
        var tree = StoredTree.of(text);
        if (tree.unknown != null) {
            refuse(reason, "not understood: " + tree.unknown + " in " + reason.way(), "");
            return;
        }
        for (var f : tree.functions) {
            boolean ofColumns = onlyPlanned && tree.ofColumns.contains(f);
            (ofColumns ? planned : functions).add(f, reason);
        }
        tree.operators.forEach(o -> operators.add(o, reason));
        tree.types.forEach(t -> types.add(t, reason));
        tree.relations.forEach(r -> relations.add(r, reason));
    }

    private void types() {
        var round = types.taken();
        if (!round.isEmpty()) {
            facts.types(List.of(), round.keySet())
                    .forEach(t -> judged(t, Objects.requireNonNull(round.get(t.oid())), true));
        }
    }

    private void functions() {
        var round = functions.taken();
        if (!round.isEmpty()) {
            facts.functions(List.of(), round.keySet())
                    .forEach(f -> judged(f, Objects.requireNonNull(round.get(f.oid()))));
        }
        // The planner puts the text of a function in SQL in its place, and computes parts of that.
        var looked = planned.taken();
        if (!looked.isEmpty()) {
            facts.functions(List.of(), looked.keySet()).stream()
                    .filter(Function::ofSql)
                    .forEach(f -> judged(f, Objects.requireNonNull(looked.get(f.oid()))));
        }
    }

    private void operators() {
        var round = operators.taken();
        if (!round.isEmpty()) {
            facts.operators(List.of(), round.keySet())
                    .forEach(o -> judged(o, Objects.requireNonNull(round.get(o.oid()))));
        }
    }

    /// A cast may apply without being written.
    private void casts(List<Mention> mentions) {
        var casts =
                facts.casts().stream()
                        .filter(
                                c ->
                                        c.betweenBuiltIn()
                                                || types.seen.contains(c.source())
                                                || types.seen.contains(c.target()))
                        .toList();
        if (casts.isEmpty()) {
            return;
        }
        var byOid =
                facts
                        .functions(
                                List.of(),
                                casts.stream().map(CatalogFacts.Cast::function).distinct().toList())
                        .stream()
                        .collect(Collectors.toMap(Function::oid, f -> f));
        for (var cast : casts) {
            var f = byOid.get(cast.function());
            if (f == null || !lists.trusts(f)) {
                var first = mentions.isEmpty() ? null : mentions.getFirst();
                no =
                        new Refused(
                                first == null ? "" : first.word(),
                                first == null ? -1 : first.position(),
                                "the %s of this database calls %s, and may apply unseen"
                                        .formatted(
                                                cast.name(),
                                                f == null ? "a function" : f.inWords()),
                                "");
                return;
            }
        }
    }

    private void refuse(Reason reason, String why, String whatToDo) {
        if (no == null) {
            var m = reason.mention();
            no =
                    new Refused(
                            m.word(),
                            m.position(),
                            reason.way().isEmpty() ? why : why + " (through " + reason.way() + ")",
                            whatToDo);
        }
    }
}
