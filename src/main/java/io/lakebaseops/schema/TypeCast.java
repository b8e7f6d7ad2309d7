package io.lakebaseops.schema;

import java.util.Objects;
import java.util.Optional;

/// How the values of a column get from one type to another.
enum TypeCast {
    /// `column::type`
    DIRECT,
    /// `column::text::type`: one enum to another.
    BY_TEXT,
    /// Only a person can say.
    NONE;

    static TypeCast between(String from, String to, DatabaseSchema before, DatabaseSchema after) {
        var a = base(from, before);
        var b = base(to, after);
        if (before.conversions().casts(a, b)) {
            return DIRECT;
        }
        return isEnum(a, before) && isEnum(b, after) ? BY_TEXT : NONE;
    }

    /// Without modifiers, a domain as what it is made of.
    private static String base(String type, DatabaseSchema schema) {
        var bare = Widening.bare(type);
        var domain = find(bare, schema, UserType.DomainType.class);
        return domain.map(d -> base(d.base(), schema)).orElse(bare);
    }

    private static boolean isEnum(String type, DatabaseSchema schema) {
        return find(type, schema, UserType.EnumType.class).isPresent();
    }

    private static <T extends UserType> Optional<T> find(
            String type, DatabaseSchema schema, Class<T> kind) {
        return schema.all(kind)
                .filter(t -> Objects.equals(ObjectId.plain(t.id().path()), type))
                .findFirst();
    }
}
