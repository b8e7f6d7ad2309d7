package io.lakebaseops.platform;

import java.nio.file.Path;
import java.util.Map;

/// The folders of one user by the custom of the operating system: XDG base directories on Linux,
/// `Library` on macOS, `AppData` on Windows.
///
/// @param env the process environment
public record UserFolders(OperatingSystem system, Path home, Map<String, String> env) {
    private static final String NAME = "LakebaseOps";
    private static final String UNIX_NAME = "lakebaseops";

    public UserFolders {
        env = Map.copyOf(env);
    }

    public static UserFolders ofThisUser() {
        return new UserFolders(
                OperatingSystem.current(),
                Path.of(System.getProperty("user.home")),
                System.getenv());
    }

    /// What a person may edit, and what goes with him to another machine.
    public Path config() {
        return switch (system) {
            case LINUX -> named("XDG_CONFIG_HOME", ".config").resolve(UNIX_NAME);
            case MACOS -> home.resolve("Library/Application Support").resolve(NAME);
            case WINDOWS -> named("APPDATA", "AppData/Roaming").resolve(NAME);
        };
    }

    /// What is large and stays on this machine.
    public Path data() {
        return switch (system) {
            case LINUX -> named("XDG_DATA_HOME", ".local/share").resolve(UNIX_NAME);
            case MACOS -> home.resolve("Library/Application Support").resolve(NAME);
            case WINDOWS -> named("LOCALAPPDATA", "AppData/Local").resolve(NAME);
        };
    }

    /// What can be made again.
    public Path cache() {
        return switch (system) {
            case LINUX -> named("XDG_CACHE_HOME", ".cache").resolve(UNIX_NAME);
            case MACOS -> home.resolve("Library/Caches").resolve(UNIX_NAME);
            case WINDOWS -> named("LOCALAPPDATA", "AppData/Local").resolve(NAME).resolve("cache");
        };
    }

    /// The password file that libpq reads (PostgreSQL manual, 32.16 "The Password File").
    public Path passwordFile() {
        return system == OperatingSystem.WINDOWS
                ? named("APPDATA", "AppData/Roaming").resolve("postgresql/pgpass.conf")
                : home.resolve(".pgpass");
    }

    /// The user's own file of connection services (32.17 "The Connection Service File").
    public Path serviceFile() {
        return system == OperatingSystem.WINDOWS
                ? named("APPDATA", "AppData/Roaming").resolve("postgresql/.pg_service.conf")
                : home.resolve(".pg_service.conf");
    }

    private Path named(String variable, String usual) {
        var chosen = env.get(variable);
        return chosen == null || chosen.isBlank() ? home.resolve(usual) : Path.of(chosen);
    }
}
