package io.lakebaseops.schema;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// A privilege on an object.
///
/// @param grantee a role's name; `public` (which no role can be called) is everyone
/// @param privilege `SELECT`, `USAGE` …
/// @param grantable may it be passed on?
/// @param by who granted it, null = the owner or somebody for the owner
public record Grant(String grantee, String privilege, boolean grantable, @Nullable String by)
        implements Comparable<Grant> {
    public static final String EVERYONE = "public";

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::grantee)
                    .thenComparing(Grant::privilege)
                    .thenComparing(Grant::grantable)
                    .thenComparing(Grant::by, Comparator.nullsFirst(Comparator.naturalOrder()));

    static Grant byOwner(String grantee, String privilege) {
        return new Grant(grantee, privilege, false, null);
    }

    static List<Grant> sorted(List<Grant> grants) {
        return grants.stream().sorted().distinct().toList();
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return privilege
                + " to "
                + grantee
                + (grantable ? " with grant option" : "")
                + (by == null ? "" : " by " + by);
    }
}
