package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Owner, grants and comment: what most kinds of object have alike.
final class OwnershipAndPrivileges {
    private static final List<String> TABLE_RIGHTS =
            List.of(
                    "SELECT",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "TRUNCATE",
                    "REFERENCES",
                    "TRIGGER",
                    "MAINTAIN");

    private final Script script;
    private final DatabaseSchema before;
    private final DatabaseSchema after;

    OwnershipAndPrivileges(Script script, DatabaseSchema before, DatabaseSchema after) {
        this.script = script;
        this.before = before;
        this.after = after;
    }

    /// For an object just made: by whom is not known, so the owner is always stated.
    void ofNew(SchemaObject object) {
        var owner = object.owner();
        if (owner != null && !(object instanceof TopLevelObject.Extension)) {
            owner(object, owner);
            grants(object, builtIn(object, owner), object.grants());
        }
        if (object.comment() != null) {
            comment(object);
        }
    }

    /// The sequence of an identity column belongs to whom the table belongs.
    void ofNewIdentity(Relation.Sequence s) {
        grants(s, builtIn(s, s.owner()), s.grants());
        if (s.comment() != null) {
            comment(s);
        }
    }

    void between(SchemaObject a, SchemaObject b) {
        var owner = b.owner();
        var was = a.owner();
        if (owner != null && !owner.equals(was)) {
            if (b instanceof TopLevelObject.Extension) {
                script.remains(b.id(), "an extension's owner cannot be altered");
            } else if (!(b instanceof Relation.Sequence s && s.ownedBy() != null)) {
                owner(b, owner);
            }
        }
        if (!(b instanceof TopLevelObject.DefaultPrivilege)) {
            grants(b, renamed(a.grants(), was, owner), b.grants());
        }
        if (!Objects.equals(a.comment(), b.comment())) {
            comment(b);
        }
    }

    /// Giving an object away gives the old owner's rights to the new one.
    private static List<Grant> renamed(
            List<Grant> grants, @Nullable String was, @Nullable String is) {
        return was == null || is == null || was.equals(is)
                ? grants
                : grants.stream()
                        .map(
                                g ->
                                        new Grant(
                                                g.grantee().equals(was) ? is : g.grantee(),
                                                g.privilege(),
                                                g.grantable(),
                                                is.equals(g.by()) ? null : g.by()))
                        .distinct()
                        .toList();
    }

    private void owner(SchemaObject object, String owner) {
        boolean relation = object instanceof Relation;
        say(
                object,
                "ALTER " + reference(object) + " OWNER TO " + DdlFormatter.ident(owner),
                relation && before.find(object.id()) != null
                        ? new String[] {Hazards.EXCLUSIVE, Hazards.OWNER}
                        : new String[] {Hazards.OWNER});
    }

    private void comment(SchemaObject object) {
        say(
                object,
                "COMMENT ON "
                        + reference(object)
                        + " IS "
                        + DdlFormatter.literal(object.comment()));
    }

    private void say(SchemaObject object, String sql, String... hazards) {
        var stage =
                object instanceof DdlTextObject d
                        ? DdlTextChanges.stage(d)
                        : object instanceof TableObject.Constraint c
                                ? CreateDdl.stage(c, after)
                                : Script.Stage.MAIN;
        script.add(stage, Ddl.Mark.SAFE, object.id(), sql, hazards);
    }

    /// A database is named as it is called here.
    private String reference(SchemaObject object) {
        return object instanceof TopLevelObject.Database
                ? new DatabaseChanges(script, before.database()).reference()
                : DdlFormatter.reference(object);
    }

    void builtIn(TopLevelObject.BuiltInRights rights, List<Grant> from, List<Grant> to) {
        var column =
                rights.column() == null ? "" : " (" + DdlFormatter.ident(rights.column()) + ")";
        changes(rights.id(), rights.object(), column, from, to);
    }

    void grants(SchemaObject object, List<Grant> from, List<Grant> to) {
        var on =
                switch (object) {
                    case TableObject.Column c -> "TABLE " + c.relation().sql();
                    case Relation.Table _, Relation.View _ -> "TABLE " + object.id().sql();
                    case UserType _ -> "TYPE " + object.id().sql();
                    case TopLevelObject.Database d -> reference(d);
                    case DdlTextObject d when d.kind() == Kind.SERVER -> "FOREIGN " + d.reference();
                    case DdlTextObject d -> d.reference();
                    case Relation.Sequence _, TopLevelObject _, TableObject _ ->
                            DdlFormatter.word(object) + " " + object.id().sql();
                };
        var columns =
                object instanceof TableObject.Column c
                        ? " (" + DdlFormatter.ident(c.name()) + ")"
                        : "";
        changes(object.id(), on, columns, from, to);
    }

    /// The column grants of a view.
    void viewColumn(Relation.View view, String column, List<Grant> from, List<Grant> to) {
        changes(
                view.id(),
                "TABLE " + view.id().sql(),
                " (" + DdlFormatter.ident(column) + ")",
                from,
                to);
    }

    private void changes(ObjectId id, String on, String columns, List<Grant> from, List<Grant> to) {
        var gone = new ArrayList<>(from);
        gone.removeAll(to);
        var come = new ArrayList<>(to);
        come.removeAll(from);
        passedOn(id, gone, come);
        say(
                gone,
                (grantee, privileges) ->
                        script.safe(
                                id,
                                "REVOKE "
                                        + privileges
                                        + " ON "
                                        + on
                                        + " FROM "
                                        + DdlFormatter.role(grantee),
                                Hazards.LESS_RIGHTS),
                columns);
        say(
                come.stream().filter(g -> !g.grantable()).toList(),
                (grantee, privileges) ->
                        script.safe(
                                id,
                                "GRANT "
                                        + privileges
                                        + " ON "
                                        + on
                                        + " TO "
                                        + DdlFormatter.role(grantee),
                                Hazards.MORE_RIGHTS),
                columns);
        say(
                come.stream().filter(Grant::grantable).toList(),
                (grantee, privileges) ->
                        script.safe(
                                id,
                                "GRANT "
                                        + privileges
                                        + " ON "
                                        + on
                                        + " TO "
                                        + DdlFormatter.role(grantee)
                                        + " WITH GRANT OPTION",
                                Hazards.MORE_RIGHTS),
                columns);
    }

    /// The server takes these from nobody but who granted them: those are set aside and named.
    private void passedOn(ObjectId id, List<Grant> gone, List<Grant> come) {
        var others = Stream.concat(gone.stream(), come.stream()).filter(g -> g.by() != null);
        var named = others.map(Grant::toString).distinct().toList();
        if (!named.isEmpty()) {
            script.remains(
                    id,
                    "only who granted a right can take it back or give it again: "
                            + String.join(", ", named));
            gone.removeIf(g -> g.by() != null);
            come.removeIf(g -> g.by() != null);
        }
    }

    private interface Said {
        void of(String grantee, String privileges);
    }

    private static void say(List<Grant> grants, Said said, String columns) {
        Map<String, List<Grant>> byGrantee =
                grants.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Grant::grantee, TreeMap::new, Collectors.toList()));
        byGrantee.forEach(
                (grantee, theirs) ->
                        said.of(
                                grantee,
                                theirs.stream()
                                        .sorted(Comparator.comparing(Grant::privilege))
                                        .map(g -> g.privilege() + columns)
                                        .distinct()
                                        .collect(Collectors.joining(", "))));
    }

    /// What a new object of this kind has: the built-in rights, then the default privileges in
    /// force at the source.
    private List<Grant> builtIn(SchemaObject object, String owner) {
        if (object instanceof DdlTextObject d) {
            return d.builtIn();
        }
        var rights =
                switch (object) {
                    case Relation.Table _, Relation.View _ -> TABLE_RIGHTS;
                    case Relation.Sequence _ -> List.of("SELECT", "UPDATE", "USAGE");
                    case TopLevelObject.Namespace _ -> List.of("USAGE", "CREATE");
                    case TopLevelObject.Routine _ -> List.of("EXECUTE");
                    case UserType _ -> List.of("USAGE");
                    case TopLevelObject _, TableObject _, DdlTextObject _ -> List.<String>of();
                };
        boolean open = object instanceof TopLevelObject.Routine || object instanceof UserType;
        var grants =
                rights.stream()
                        .flatMap(
                                r ->
                                        open
                                                ? Stream.of(
                                                        Grant.byOwner(owner, r),
                                                        Grant.byOwner(Grant.EVERYONE, r))
                                                : Stream.of(Grant.byOwner(owner, r)))
                        .collect(Collectors.toCollection(ArrayList::new));
        var schema = object.id().path().getFirst();
        withdrawn(object, grants);
        before.all(TopLevelObject.DefaultPrivilege.class)
                .filter(d -> d.kind().equals(defaultKind(object.id().kind())))
                .filter(d -> d.schema() == null || d.schema().equals(schema))
                .flatMap(d -> d.grants().stream())
                .filter(g -> !g.grantee().equals(owner) && !grants.contains(g))
                // Not sure to be there, depends on who makes it: revoked if unwanted.
                .filter(g -> !object.grants().contains(g))
                .forEach(grants::add);
        return grants;
    }

    /// Built-in rights that a default privilege may take from what is new: whether it does depends
    /// on who makes it, so the wanted ones are granted.
    private void withdrawn(SchemaObject object, List<Grant> grants) {
        before.all(TopLevelObject.DefaultPrivilege.class)
                .filter(d -> d.kind().equals(defaultKind(object.id().kind())) && d.schema() == null)
                .forEach(
                        d -> {
                            var gone = new ArrayList<>(d.builtIn());
                            gone.removeAll(d.grants());
                            grants.removeIf(
                                    g ->
                                            object.grants().contains(g)
                                                    && gone.stream()
                                                            .anyMatch(
                                                                    x ->
                                                                            x.grantee()
                                                                                            .equals(
                                                                                                    g
                                                                                                            .grantee())
                                                                                    && x.privilege()
                                                                                            .equals(
                                                                                                    g
                                                                                                            .privilege())));
                        });
    }

    private static String defaultKind(Kind kind) {
        return switch (kind) {
            case TABLE, VIEW -> "TABLES";
            case SEQUENCE -> "SEQUENCES";
            case ROUTINE -> "FUNCTIONS";
            case TYPE -> "TYPES";
            case NAMESPACE -> "SCHEMAS";
            case EXTENSION, COLLATION, COLUMN, CONSTRAINT, INDEX, STATISTICS -> "";
            case RULE, TRIGGER, POLICY, PUBLICATION, DEFAULT_PRIVILEGE -> "";
            case DATABASE, BUILT_IN_RIGHTS, ACCESS_METHOD, LANGUAGE, CONVERSION, CAST -> "";
            case OPERATOR, OPERATOR_FAMILY, OPERATOR_CLASS, TRANSFORM, SECURITY_LABEL -> "";
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, SUBSCRIPTION, EVENT_TRIGGER -> "";
            case TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE, TEXT_SEARCH_DICTIONARY -> "";
            case TEXT_SEARCH_CONFIGURATION -> "";
        };
    }

    /// One entry of the default privileges; taken away by coming back to the built-in rights.
    void defaults(
            TopLevelObject.@Nullable DefaultPrivilege a,
            TopLevelObject.DefaultPrivilege b,
            boolean gone) {
        var from = a == null ? b.builtIn() : a.grants();
        var to = gone ? b.builtIn() : b.grants();
        var head =
                "ALTER DEFAULT PRIVILEGES FOR ROLE "
                        + Ident.of(b.role()).sql()
                        + (b.schema() == null ? "" : " IN SCHEMA " + Ident.of(b.schema()).sql());
        var less = new ArrayList<>(from);
        less.removeAll(to);
        var more = new ArrayList<>(to);
        more.removeAll(from);
        for (var g : less) {
            script.late(
                    b.id(),
                    head
                            + " REVOKE "
                            + g.privilege()
                            + " ON "
                            + b.kind()
                            + " FROM "
                            + DdlFormatter.role(g.grantee()));
        }
        for (var g : more) {
            script.late(
                    b.id(),
                    head
                            + " GRANT "
                            + g.privilege()
                            + " ON "
                            + b.kind()
                            + " TO "
                            + DdlFormatter.role(g.grantee())
                            + (g.grantable() ? " WITH GRANT OPTION" : ""));
        }
    }
}
