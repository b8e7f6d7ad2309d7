package io.lakebaseops.schema;

import java.util.Comparator;
import java.util.List;

/// Who may do what with an object?
///
/// @param grantee a role's name; `public` (which no role can be called) is everyone
/// @param privilege `SELECT`, `USAGE` …
/// @param grantable may it be passed on?
public record Grant(String grantee, String privilege, boolean grantable)
        implements Comparable<Grant> {
    public static final String EVERYONE = "public";

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::grantee)
                    .thenComparing(Grant::privilege)
                    .thenComparing(Grant::grantable);

    static List<Grant> sorted(List<Grant> grants) {
        return grants.stream().sorted().distinct().toList();
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return privilege + " to " + grantee + (grantable ? " with grant option" : "");
    }
}
