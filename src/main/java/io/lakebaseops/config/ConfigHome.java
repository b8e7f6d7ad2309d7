package io.lakebaseops.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The folder of the console's configuration. `LAKEBASEOPS_HOME`, else the platform's place for it.
public final class ConfigHome {
    private ConfigHome() {}

    /// @param env the process environment; @param os as `os.name`; @param user as `user.home`
    public static Path of(Map<String, String> env, String os, Path user) {
        var chosen = env.get("LAKEBASEOPS_HOME");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen);
        }
        var name = os.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return user.resolve("Library/Application Support/LakebaseOps");
        }
        if (name.contains("win")) {
            var data = env.get("APPDATA");
            return (data == null ? user.resolve("AppData/Roaming") : Path.of(data))
                    .resolve("LakebaseOps");
        }
        var xdg = env.get("XDG_CONFIG_HOME");
        return (xdg == null || xdg.isBlank() ? user.resolve(".config") : Path.of(xdg))
                .resolve("lakebaseops");
    }

    public static Path ofThisProcess() {
        return of(
                System.getenv(),
                System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")));
    }
}
