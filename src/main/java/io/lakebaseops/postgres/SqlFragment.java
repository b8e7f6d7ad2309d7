package io.lakebaseops.postgres;

import io.lakebaseops.domain.Ident;

import java.util.Collection;
import java.util.stream.Collectors;

/// An expression over columns that fills a place in a template of the library. It is made of texts
/// of ours and quoted identifiers, never of values.
public record SqlFragment(String text) {

    /// @param form an expression with `{column}` where the column stands
    public static SqlFragment of(String form, Ident column) {
        return new SqlFragment(form.replace("{column}", column.sql()));
    }

    /// Several, joined by commas.
    public static SqlFragment list(Collection<SqlFragment> parts) {
        return new SqlFragment(
                parts.stream().map(SqlFragment::text).collect(Collectors.joining(", ")));
    }
}
