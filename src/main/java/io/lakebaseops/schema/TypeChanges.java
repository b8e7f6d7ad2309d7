package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.UserType.Attribute;
import io.lakebaseops.schema.UserType.Check;
import io.lakebaseops.schema.UserType.CompositeType;
import io.lakebaseops.schema.UserType.DomainType;
import io.lakebaseops.schema.UserType.EnumType;
import io.lakebaseops.schema.UserType.RangeType;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Statements that alter a type without dropping it.
final class TypeChanges {
    private TypeChanges() {}

    static void between(UserType a, UserType b, Script script) {
        switch (b) {
            case EnumType e when a instanceof EnumType was -> labels(was, e, script);
            case CompositeType c when a instanceof CompositeType was -> attributes(was, c, script);
            case DomainType d when a instanceof DomainType was -> domain(was, d, script);
            case RangeType _, EnumType _, CompositeType _, DomainType _ -> {}
        }
    }

    /// Labels can be added anywhere, never removed or moved.
    private static void labels(EnumType a, EnumType b, Script script) {
        if (!kept(a, b)) {
            script.cannot(b.id(), "labels were removed or moved; rows may hold them");
            return;
        }
        for (int i = 0; i < b.labels().size(); i++) {
            var label = b.labels().get(i);
            if (!a.labels().contains(label)) {
                var where =
                        i == 0
                                ? a.labels().isEmpty()
                                        ? ""
                                        : " BEFORE " + DdlFormatter.literal(a.labels().getFirst())
                                : " AFTER " + DdlFormatter.literal(b.labels().get(i - 1));
                script.safe(
                        b.id(),
                        "ALTER TYPE "
                                + b.id().sql()
                                + " ADD VALUE "
                                + DdlFormatter.literal(label)
                                + where,
                        "cannot be used before its transaction commits");
            }
        }
    }

    /// A new label cannot be used before its transaction commits, so these come first, by
    /// themselves.
    static boolean addsLabel(Ddl.Statement s) {
        return s.subject().kind() == ObjectId.Kind.TYPE
                && s.sql() != null
                && s.sql().startsWith("ALTER TYPE " + s.subject().sql() + " ADD VALUE ");
    }

    /// Were labels only added?
    static boolean kept(EnumType a, EnumType b) {
        return b.labels().stream().filter(a.labels()::contains).toList().equals(a.labels());
    }

    static boolean retypes(CompositeType a, CompositeType b) {
        return a.attributes().stream()
                .anyMatch(
                        x ->
                                b.attributes().stream()
                                        .anyMatch(
                                                y ->
                                                        x.name().equals(y.name())
                                                                && !(x.type() + x.collation())
                                                                        .equals(
                                                                                y.type()
                                                                                        + y
                                                                                                .collation())));
    }

    private static void attributes(CompositeType a, CompositeType b, Script script) {
        var was =
                a.attributes().stream()
                        .collect(Collectors.toMap(Attribute::name, Function.identity()));
        var is =
                b.attributes().stream()
                        .collect(Collectors.toMap(Attribute::name, Function.identity()));
        var order = new LinkedHashSet<String>();
        a.attributes().stream().map(Attribute::name).filter(is::containsKey).forEach(order::add);
        b.attributes().stream().map(Attribute::name).forEach(order::add);
        if (!new ArrayList<>(order).equals(b.attributes().stream().map(Attribute::name).toList())) {
            script.cannot(b.id(), "attributes cannot be moved to another place");
            return;
        }
        var head = "ALTER TYPE " + b.id().sql();
        for (var old : a.attributes()) {
            if (!is.containsKey(old.name())) {
                script.lossy(b.id(), head + " DROP ATTRIBUTE " + DdlFormatter.ident(old.name()));
            }
        }
        for (var next : b.attributes()) {
            var old = was.get(next.name());
            if (old == null) {
                script.safe(b.id(), head + " ADD ATTRIBUTE " + TypeText.attribute(next));
            } else if (!old.type().equals(next.type())
                    || !Objects.equals(old.collation(), next.collation())) {
                script.lossy(
                        b.id(),
                        head
                                + " ALTER ATTRIBUTE "
                                + DdlFormatter.ident(next.name())
                                + " TYPE "
                                + next.type()
                                + (next.collation() == null ? "" : " COLLATE " + next.collation()),
                        "refused while a table stores the type");
            }
            if (!Objects.equals(old == null ? null : old.comment(), next.comment())) {
                comment(b, next, script);
            }
        }
    }

    static void comment(CompositeType type, Attribute a, Script script) {
        script.safe(
                type.id(),
                "COMMENT ON COLUMN "
                        + Ident.of(type.schema(), type.name(), a.name()).sql()
                        + " IS "
                        + DdlFormatter.literal(a.comment()));
    }

    private static void domain(DomainType a, DomainType b, Script script) {
        var head = "ALTER DOMAIN " + b.id().sql();
        if (!Objects.equals(a.defaultExpression(), b.defaultExpression())) {
            script.safe(
                    b.id(),
                    head
                            + (b.defaultExpression() == null
                                    ? " DROP DEFAULT"
                                    : " SET DEFAULT " + b.defaultExpression()));
        }
        if (a.notNull() != b.notNull()) {
            script.add(
                    Stage.MAIN,
                    b.notNull() ? Mark.LOSSY : Mark.SAFE,
                    b.id(),
                    head + (b.notNull() ? " SET NOT NULL" : " DROP NOT NULL"),
                    b.notNull()
                            ? new String[] {Hazards.DOMAIN_SCAN, Hazards.ROWS_FAIL}
                            : new String[] {"rows without a value become possible"});
        }
        for (var check : a.checks()) {
            var next = b.checks().stream().filter(c -> c.name().equals(check.name())).findFirst();
            if (next.isEmpty()
                    || !next.get().definition().equals(check.definition())
                            && !validates(check, next.get())) {
                script.safe(b.id(), head + " DROP CONSTRAINT " + DdlFormatter.ident(check.name()));
            }
        }
        for (var check : b.checks()) {
            var old = a.checks().stream().filter(c -> c.name().equals(check.name())).findFirst();
            if (old.isPresent() && validates(old.get(), check)) {
                script.lossy(
                        b.id(),
                        head + " VALIDATE CONSTRAINT " + DdlFormatter.ident(check.name()),
                        Hazards.DOMAIN_SCAN,
                        Hazards.ROWS_FAIL);
            } else if (old.isEmpty() || !old.get().definition().equals(check.definition())) {
                add(b, check, script, check.validated());
            } else if (!Objects.equals(old.get().comment(), check.comment())) {
                comment(b, check, script);
            }
        }
    }

    private static boolean validates(Check a, Check b) {
        return !a.validated()
                && b.validated()
                && a.definition().equals(b.definition() + " NOT VALID")
                && Objects.equals(a.comment(), b.comment());
    }

    /// @param checked against the rows there are
    static void add(DomainType d, Check check, Script script, boolean checked) {
        script.add(
                Stage.MAIN,
                checked ? Mark.LOSSY : Mark.SAFE,
                d.id(),
                "ALTER DOMAIN "
                        + d.id().sql()
                        + " ADD CONSTRAINT "
                        + DdlFormatter.ident(check.name())
                        + " "
                        + check.definition(),
                checked ? new String[] {Hazards.DOMAIN_SCAN, Hazards.ROWS_FAIL} : new String[0]);
        if (check.comment() != null) {
            comment(d, check, script);
        }
    }

    private static void comment(DomainType d, Check check, Script script) {
        script.safe(
                d.id(),
                "COMMENT ON CONSTRAINT "
                        + DdlFormatter.ident(check.name())
                        + " ON DOMAIN "
                        + d.id().sql()
                        + " IS "
                        + DdlFormatter.literal(check.comment()));
    }
}
