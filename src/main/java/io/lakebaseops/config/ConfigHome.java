package io.lakebaseops.config;

import io.lakebaseops.platform.UserFolders;

import java.nio.file.Path;

/// The folder of the console's configuration. `LAKEBASEOPS_HOME`, else the platform's place for it.
public final class ConfigHome {
    private ConfigHome() {}

    public static Path of(UserFolders user) {
        var chosen = user.env().get("LAKEBASEOPS_HOME");
        return chosen == null || chosen.isBlank() ? user.config() : Path.of(chosen);
    }

    public static Path ofThisProcess() {
        return of(UserFolders.ofThisUser());
    }
}
