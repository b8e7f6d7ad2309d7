package io.lakebaseops.local;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The default directory of projects and branches. In the user's data directory, as each platform
/// has it.
final class DataHome {
    private DataHome() {}

    static Path ofThisUser() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }

    static Path of(String os, Path home, Map<String, String> env) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("win")) {
            String local = env.get("LOCALAPPDATA");
            Path base = local == null ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve("LakebaseOps").resolve("local");
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library/Application Support/LakebaseOps/local");
        }
        String xdg = env.get("XDG_DATA_HOME");
        Path base = xdg == null || xdg.isEmpty() ? home.resolve(".local/share") : Path.of(xdg);
        return base.resolve("lakebaseops").resolve("local");
    }
}
