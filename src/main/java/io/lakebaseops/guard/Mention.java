package io.lakebaseops.guard;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A name in a statement that the server has to look up, and where it stands.
///
/// @param schema null when it is not named, so that the search path decides
record Mention(What what, @Nullable String schema, String name, int position) {
    enum What {
        FUNCTION,
        OPERATOR,
        TYPE,
        RELATION,
        /// `t.name`: a column, or a function of the row.
        ATTRIBUTE,
        /// `(…).name`: a field, or a function of whatever stands before it.
        FIELD
    }

    static Mention of(What what, List<String> names, int position) {
        return new Mention(
                what,
                names.size() > 1 ? names.get(names.size() - 2) : null,
                names.getLast(),
                position);
    }

    String word() {
        return schema == null ? name : schema + "." + name;
    }
}
