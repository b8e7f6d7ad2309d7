import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A platform that an installer is made for, and on.
enum Platform {
    LINUX(List.of("app-image", "deb", "rpm"), List.of("linux")),
    MACOS(List.of("app-image", "dmg"), List.of("darwin", "macos", "osx", "mac")),
    WINDOWS(List.of("app-image", "msi"), List.of("windows", "win"));

    private final List<String> types;
    private final List<String> names;

    Platform(List<String> types, List<String> names) {
        this.types = types;
        this.names = names;
    }

    static Platform current() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.contains("mac") ? MACOS : os.contains("win") ? WINDOWS : LINUX;
    }

    static boolean arm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    List<String> types() {
        return types;
    }

    /// Of these what can be made with the programs that are here.
    List<String> possible() {
        return types.stream().filter(type -> onPath(NEEDS.getOrDefault(type, ""))).toList();
    }

    private static final Map<String, String> NEEDS =
            Map.of("deb", "dpkg-deb", "rpm", "rpmbuild");

    private static boolean onPath(String program) {
        return program.isEmpty()
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    /// How libraries name it in the paths of their native parts.
    List<String> names() {
        return names;
    }

    String icon() {
        return switch (this) {
            case LINUX -> "lakebaseops.png";
            case MACOS -> "lakebaseops.icns";
            case WINDOWS -> "lakebaseops.ico";
        };
    }

    Path app(Path image) {
        return switch (this) {
            case LINUX -> image.resolve("lib/app");
            case MACOS -> image.resolve("Contents/app");
            case WINDOWS -> image.resolve("app");
        };
    }

    Path launcher(Path image, String name) {
        return switch (this) {
            case LINUX -> image.resolve("bin").resolve(name);
            case MACOS -> image.resolve("Contents/MacOS").resolve(name);
            case WINDOWS -> image.resolve(name + "-cli.exe");
        };
    }

    /// macOS refuses versions that begin with a zero.
    String version(String version) {
        return this == MACOS && version.startsWith("0.") ? "1" + version.substring(1) : version;
    }

    /// A library without the names of its inner parts, which only a debugger reads; where there is
    /// no `strip`, as it is.
    byte[] stripped(byte[] library) throws IOException {
        boolean elf = library.length > 4 && library[0] == 0x7f && library[1] == 'E';
        if (this != LINUX || !elf) {
            return library;
        }
        var file = Files.createTempFile("library", ".so");
        try {
            Files.write(file, library);
            strip(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    void strip(Path library) throws IOException {
        if (this != LINUX || !onPath("strip")) {
            return;
        }
        try {
            var run = new ProcessBuilder("strip", "--strip-unneeded", library.toString());
            int exit = run.inheritIO().start().waitFor();
            if (exit != 0) {
                // It leaves what it does not know as it was.
                System.err.println("Not made smaller: " + library);
            }
        } catch (InterruptedException e) {
            throw new IOException("strip was interrupted", e);
        }
    }
}
