package io.lakebaseops.ddl;

import io.lakebaseops.domain.plan.LockLevel;

import org.jspecify.annotations.Nullable;

/// One thing that a statement does to one relation.
///
/// @param relation the name as the server folds it
/// @param column null when it is about no column; the index of a key made of one
/// @param type the type as the server writes it, of a new column or of a change of type without
///     USING; null otherwise
public record DdlAct(
        DdlForm form,
        LockLevel lock,
        Name relation,
        @Nullable String column,
        @Nullable String type) {
    /// @param schema null when it was not written
    public record Name(@Nullable String schema, String name) {
        public String display() {
            return schema == null ? name : schema + "." + name;
        }
    }

    static DdlAct of(DdlForm form, Name relation) {
        return new DdlAct(form, form.lock(), relation, null, null);
    }

    static DdlAct column(DdlForm form, Name relation, String column) {
        return new DdlAct(form, form.lock(), relation, column, null);
    }

    /// The same act as another form of it.
    public DdlAct with(DdlForm other) {
        return new DdlAct(other, other.lock(), relation, column, type);
    }
}
