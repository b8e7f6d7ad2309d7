package io.lakebaseops.platform;

import java.util.Locale;

/// The operating system of this process, as far as the product has to behave differently there.
public enum OperatingSystem {
    LINUX("linux"),
    MACOS("darwin"),
    WINDOWS("windows");

    private final String inArtifacts;

    OperatingSystem(String inArtifacts) {
        this.inArtifacts = inArtifacts;
    }

    public static OperatingSystem current() {
        return of(System.getProperty("os.name"));
    }

    /// @param name as `os.name` has it; what is neither macOS nor Windows is taken for Linux
    public static OperatingSystem of(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac") || lower.startsWith("darwin")) {
            return MACOS;
        }
        return lower.startsWith("win") ? WINDOWS : LINUX;
    }

    /// The file of a program.
    public String executable(String program) {
        return this == WINDOWS ? program + ".exe" : program;
    }

    /// How the published PostgreSQL binaries name system and processor.
    ///
    /// @param processor as `os.arch` has it
    public String artifact(String processor) {
        var cpu =
                switch (processor.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> processor;
                };
        return inArtifacts + "-" + cpu;
    }
}
