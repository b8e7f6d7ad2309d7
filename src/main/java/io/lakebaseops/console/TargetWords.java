package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;

/// The name of a server or branch as every screen writes it.
public final class TargetWords {
    private static final String LOCAL = "local";

    private TargetWords() {}

    /// `storefront-prod / production`; with the profile before it where that is not Local Lakebase,
    /// since two workspaces may have projects of one name. A plain server goes by its profile.
    public static String of(TargetId target) {
        return owner(target) + " / " + target.branch();
    }

    /// What stands before the branch or the server's address.
    public static String owner(TargetId target) {
        if (target.plain()) {
            return target.profile();
        }
        return target.profile().equals(LOCAL)
                ? target.project()
                : target.profile() + " · " + target.project();
    }
}
