package io.lakebaseops.schema;

import io.lakebaseops.schema.UserType.Attribute;
import io.lakebaseops.schema.UserType.CompositeType;
import io.lakebaseops.schema.UserType.DomainType;
import io.lakebaseops.schema.UserType.EnumType;
import io.lakebaseops.schema.UserType.RangeType;

import java.util.ArrayList;
import java.util.stream.Collectors;

/// Types as DDL.
final class TypeText {
    private TypeText() {}

    /// After `CREATE`.
    static String of(UserType type) {
        var name = type.id().sql();
        return switch (type) {
            case EnumType e ->
                    "TYPE "
                            + name
                            + e.labels().stream()
                                    .map(DdlFormatter::literal)
                                    .collect(Collectors.joining(", ", " AS ENUM (", ")"));
            case CompositeType c ->
                    "TYPE "
                            + name
                            + c.attributes().stream()
                                    .map(TypeText::attribute)
                                    .collect(Collectors.joining(", ", " AS (", ")"));
            case DomainType d ->
                    "DOMAIN "
                            + name
                            + " AS "
                            + d.base()
                            + (d.collation() == null ? "" : " COLLATE " + d.collation())
                            + (d.defaultExpression() == null
                                    ? ""
                                    : " DEFAULT " + d.defaultExpression())
                            + (d.notNull() ? " NOT NULL" : "");
            case RangeType r -> "TYPE " + name + " AS RANGE (" + range(r) + ")";
        };
    }

    static String attribute(Attribute a) {
        return DdlFormatter.ident(a.name())
                + " "
                + a.type()
                + (a.collation() == null ? "" : " COLLATE " + a.collation());
    }

    private static String range(RangeType r) {
        var parts = new ArrayList<String>();
        parts.add("SUBTYPE = " + r.subtype());
        if (r.operatorClass() != null) {
            parts.add("SUBTYPE_OPCLASS = " + r.operatorClass());
        }
        if (r.collation() != null) {
            parts.add("COLLATION = " + r.collation());
        }
        if (r.difference() != null) {
            parts.add("SUBTYPE_DIFF = " + r.difference());
        }
        if (r.multirange() != null) {
            parts.add("MULTIRANGE_TYPE_NAME = " + new Qualified(r.schema(), r.multirange()).sql());
        }
        return String.join(", ", parts);
    }

    /// What `CREATE` cannot say: comments on attributes, and a domain's checks one by one.
    static void comments(UserType type, Script script) {
        switch (type) {
            case CompositeType c ->
                    c.attributes().stream()
                            .filter(a -> a.comment() != null)
                            .forEach(a -> TypeChanges.comment(c, a, script));
            case DomainType d -> d.checks().forEach(k -> TypeChanges.add(d, k, script, false));
            case RangeType r -> {
                if (r.canonical() != null) {
                    script.cannot(r.id(), "a canonical function needs a shell type made by hand");
                }
            }
            case EnumType _ -> {}
        }
    }
}
