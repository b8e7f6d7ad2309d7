package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.SqlFragment;

/// A column both sides have, with the form its values are compared in.
///
/// @param note what of it is not compared to the last digit; empty for nothing
record ComparedColumn(
        String name,
        String typeName,
        String mirrorType,
        CanonicalForm form,
        boolean array,
        boolean generated,
        String note) {

    SqlFragment postgres() {
        return SqlFragment.of(array ? form.postgresArray() : form.postgres(), Ident.of("t", name));
    }

    String duck() {
        return filled(array ? form.duckArray() : form.duck());
    }

    /// For people, cut where a value is long.
    SqlFragment shownInPostgres() {
        return SqlFragment.of(
                form == CanonicalForm.BYTES && !array
                        ? "left(encode(substr({column}, 1, 1000), 'hex'), 2000)"
                        : "left({column}::text, 2000)",
                Ident.of("t", name));
    }

    String shownInDuck() {
        return filled(
                form == CanonicalForm.BYTES && !array
                        ? "left(lower(hex({column})), 2000)"
                        : "left(CAST({column} AS VARCHAR), 2000)");
    }

    private String filled(String text) {
        return text.replace("{column}", Ident.of("t", name).sql());
    }
}
