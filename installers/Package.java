import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Makes an installer of LakebaseOps for the platform it runs on.
///
/// `mvn -DskipTests package -Dinstaller && java installers/Package.java [TYPE…]`, with a JDK 25. A
/// type is one of `app-image` (the folder that the others hold), `deb`, `rpm`, `msi`, `dmg`;
/// without one, whatever this platform can with the programs that are here (`rpmbuild` for `.rpm`).
/// What is made stands in `target/installer`, with its SHA-256 sums.
public final class Package {
    private static final Path TARGET = Path.of("target");
    private static final Path BUILT = TARGET.resolve("lakebaseops/lib");
    private static final Path OUT = TARGET.resolve("installer");
    private static final Path WORK = TARGET.resolve("installer-work");
    private static final String NAME = "lakebaseops";

    /// What the product and its libraries use; read by `jdeps`, and by trying, for what is reflected.
    private static final String MODULES =
            String.join(
                    ",",
                    "java.base",
                    "java.compiler",
                    "java.desktop",
                    "java.instrument",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.prefs",
                    "java.scripting",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "java.sql.rowset",
                    "java.transaction.xa",
                    "java.xml",
                    "java.xml.crypto",
                    "jdk.crypto.ec",
                    "jdk.httpserver",
                    "jdk.jfr",
                    "jdk.jsobject",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.naming.dns",
                    "jdk.net",
                    "jdk.security.auth",
                    "jdk.security.jgss",
                    "jdk.unsupported",
                    "jdk.unsupported.desktop",
                    "jdk.xml.dom",
                    "jdk.zipfs");

    /// The same in the training run and ever after: a cache fits only the layout it was made for.
    private static final List<String> JVM =
            List.of(
                    "-Xmx1g",
                    // A window is open all day: what its heap no longer needs goes back.
                    "-XX:+UseG1GC",
                    "-XX:G1PeriodicGCInterval=20000",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    // And what the C library keeps; not every platform can.
                    "-XX:TrimNativeHeapInterval=20000",
                    // The optimising compiler four times later: a start would pay for it.
                    "-XX:Tier4InvocationThreshold=20000",
                    "-XX:Tier4MinInvocationThreshold=2400",
                    "-XX:Tier4CompileThreshold=60000",
                    "-XX:Tier4BackEdgeThreshold=160000",
                    // Linked ahead, one class that cannot be had keeps the JVM from starting.
                    "-XX:-AOTClassLinking",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// What the window needs of a Linux: its libraries are inside jars, where jpackage does not look.
    private static final String FX_DEB =
            "libgtk-3-0, libgl1, libxxf86vm1, libfreetype6, libfontconfig1";

    private static final String FX_RPM = "gtk3, libglvnd-glx, libXxf86vm, freetype, fontconfig";

    private static final Instant MADE = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Platform platform = Platform.current();
    private final String version;

    private Package(String version) {
        this.version = version;
    }

    public static void main(String[] args) throws Exception {
        if (!Files.isDirectory(BUILT)) {
            stop("target/lakebaseops/lib is missing: run mvn -DskipTests package -Dinstaller first");
        }
        var types = args.length == 0 ? Platform.current().possible() : List.of(args);
        for (var type : types) {
            if (!Platform.current().types().contains(type)) {
                stop(
                        "%s cannot be made here; on this platform: %s"
                                .formatted(type, String.join(", ", Platform.current().types())));
            }
        }
        new Package(version()).make(types);
    }

    private static void stop(String why) {
        System.err.println(why);
        System.exit(2);
    }

    /// From the name of the jar that Maven built.
    private static String version() throws IOException {
        try (var jars = Files.list(BUILT)) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.matches(NAME + "-\\d[^-]*\\.jar"))
                    .map(name -> name.substring(NAME.length() + 1, name.length() - 4))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No jar of the product in " + BUILT));
        }
    }

    private void make(List<String> types) throws Exception {
        delete(WORK);
        delete(OUT);
        Files.createDirectories(OUT);
        var input = WORK.resolve("input");
        new PlatformJars(platform).copy(BUILT, input);
        notices(input);
        var runtime = WORK.resolve("runtime");
        tool(
                "jlink",
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--include-locales=en,de,es",
                "--compress=zip-9",
                "--output",
                runtime.toString());
        try (var libraries = Files.walk(runtime)) {
            for (var library : libraries.filter(file -> file.toString().endsWith(".so")).toList()) {
                platform.strip(library);
            }
        }
        var image = image(input, runtime);
        sameTime(image);
        train(image);
        System.out.printf("app-image %s: %.0f MB%n", image, size(image) / 1e6);
        for (var type : types) {
            if (!type.equals("app-image")) {
                installer(type, image);
            }
        }
        sums();
    }

    private Path image(Path input, Path runtime) throws IOException {
        Icons.write(WORK.resolve("icons"));
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--type", "app-image",
                                "--name", NAME,
                                "--app-version", version,
                                "--vendor", "LakebaseOps",
                                "--description", "Console and agents for PostgreSQL and Lakebase",
                                "--input", input.toString(),
                                "--main-jar", NAME + "-" + version + ".jar",
                                "--main-class", "io.lakebaseops.app.Main",
                                "--runtime-image", runtime.toString(),
                                "--icon", WORK.resolve("icons").resolve(platform.icon()).toString(),
                                "--dest", OUT.toString()));
        for (var option : JVM) {
            arguments.addAll(List.of("--java-options", option));
        }
        arguments.addAll(List.of("--java-options", "-XX:AOTCache=$APPDIR/" + AOT));
        if (platform == Platform.WINDOWS) {
            // A program with a window has no standard output there; commands have a starter of their own.
            var console = WORK.resolve("console.properties");
            Files.writeString(console, "win-console=true\n");
            arguments.addAll(List.of("--add-launcher", NAME + "-cli=" + console));
        }
        tool("jpackage", arguments.toArray(String[]::new));
        return OUT.resolve(platform == Platform.MACOS ? NAME + ".app" : NAME);
    }

    private static final String AOT = NAME + ".aot";

    /// The JVM takes a cache only for jars of the very time it was made with, and packing sets the
    /// time anew: `dpkg-deb` to this moment, as it is later.
    private static void sameTime(Path image) throws IOException {
        try (var files = Files.walk(image)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(MADE));
            }
        }
    }

    /// Opens the window once, on an empty home, and keeps what the JVM loaded and linked until it
    /// could be seen. A cache of all that is loaded until it can be used has two and a half times the
    /// size, and lets it be used a fifth sooner.
    private void train(Path image) throws IOException, InterruptedException {
        var app = platform.app(image);
        var cfg = app.resolve(NAME + ".cfg");
        var final_ = Files.readString(cfg);
        var cache = app.resolve(AOT).toAbsolutePath();
        Files.writeString(
                cfg,
                final_.replace("-XX:AOTCache=$APPDIR/" + AOT, "-XX:AOTCacheOutput=" + cache));
        var home = WORK.resolve("home").toAbsolutePath();
        var run =
                new ProcessBuilder(
                        platform.launcher(image, NAME).toAbsolutePath().toString(),
                        "--measure-window");
        run.environment().put("LAKEBASEOPS_HOME", home.toString());
        run.environment().remove("DISPLAY");
        run.environment().remove("WAYLAND_DISPLAY");
        run.redirectErrorStream(true).redirectOutput(WORK.resolve("training.log").toFile());
        var process = run.start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("The training run did not end within 10 minutes");
        }
        Files.writeString(cfg, final_);
        if (process.exitValue() != 0 || !Files.isRegularFile(cache)) {
            throw new IOException(
                    "The training run failed with %d, see %s"
                            .formatted(process.exitValue(), WORK.resolve("training.log")));
        }
        System.out.printf("AOT cache: %.0f MB%n", Files.size(cache) / 1e6);
    }

    private void installer(String type, Path image) throws IOException, InterruptedException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--type", type,
                                "--name", platform == Platform.MACOS ? "LakebaseOps" : NAME,
                                "--app-version", platform.version(version),
                                "--vendor", "LakebaseOps",
                                "--description", "Console and agents for PostgreSQL and Lakebase",
                                "--app-image", image.toString(),
                                "--license-file", "LICENSE",
                                "--dest", OUT.toString()));
        switch (type) {
            case "deb", "rpm" ->
                    arguments.addAll(
                            List.of(
                                    "--linux-package-name", NAME,
                                    "--linux-menu-group", "Development;Database",
                                    "--linux-package-deps", type.equals("deb") ? FX_DEB : FX_RPM,
                                    "--linux-shortcut",
                                    "--resource-dir", "installers/linux"));
            case "msi" ->
                    arguments.addAll(
                            List.of(
                                    "--win-per-user-install",
                                    "--win-menu",
                                    "--win-upgrade-uuid", "6f0b1a52-97a9-4f0e-8a3f-0d8a0b6f5c11"));
            case "dmg" -> arguments.addAll(List.of("--mac-package-identifier", "io.lakebaseops"));
            default -> throw new IllegalArgumentException(type);
        }
        var jpackage = Path.of(System.getProperty("java.home"), "bin", "jpackage").toString();
        arguments.addFirst(jpackage);
        var run = new ProcessBuilder(arguments);
        // Jars and the runtime are compressed already: to compress them hard takes minutes for nothing.
        run.environment().put("DPKG_DEB_COMPRESSOR_TYPE", "gzip");
        run.environment().put("DPKG_DEB_COMPRESSOR_LEVEL", "3");
        run.environment().put("SOURCE_DATE_EPOCH", Long.toString(MADE.getEpochSecond()));
        start(run);
        if (type.equals("deb")) {
            check();
        }
    }

    /// Unpacks the package elsewhere and starts the program in it: it must find its cache good.
    private void check() throws IOException, InterruptedException {
        var root = WORK.resolve("unpacked");
        Path made;
        try (var files = Files.list(OUT)) {
            made = files.filter(f -> f.toString().endsWith(".deb")).findFirst().orElseThrow();
        }
        start(new ProcessBuilder("dpkg-deb", "-x", made.toString(), root.toString()));
        var program = root.resolve("opt").resolve(NAME).resolve("bin").resolve(NAME);
        var run = new ProcessBuilder(program.toAbsolutePath().toString(), "--version");
        run.environment().put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
        start(run);
        delete(root);
    }

    private static void start(ProcessBuilder program) throws IOException, InterruptedException {
        int exit = program.inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException(program.command().getFirst() + " ended with " + exit);
        }
    }

    /// The licences of what is shipped, and the bill of materials, beside the jars.
    private static void notices(Path input) throws IOException {
        Files.copy(Path.of("LICENSE"), input.resolve("LICENSE"));
        for (var file : List.of("THIRD-PARTY.txt", "bom.json")) {
            var made = TARGET.resolve(file);
            if (!Files.isRegularFile(made)) {
                stop(made + " is missing: run mvn -DskipTests package -Dinstaller first");
            }
            Files.copy(made, input.resolve(file));
            Files.copy(made, OUT.resolve(file));
        }
    }

    private static void sums() throws IOException, NoSuchAlgorithmException {
        var lines = new TreeMap<String, String>();
        try (var files = Files.list(OUT)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var digest = MessageDigest.getInstance("SHA-256");
                try (var in = Files.newInputStream(file)) {
                    byte[] buffer = new byte[1 << 16];
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
                lines.put(
                        file.getFileName().toString(), HexFormat.of().formatHex(digest.digest()));
            }
        }
        var text = new StringBuilder();
        for (var line : lines.entrySet()) {
            text.append(line.getValue()).append("  ").append(line.getKey()).append('\n');
        }
        Files.writeString(OUT.resolve("SHA256SUMS"), text, StandardCharsets.UTF_8);
        System.out.print(text);
    }

    private static void tool(String name, String... arguments) {
        int exit =
                ToolProvider.findFirst(name)
                        .orElseThrow(() -> new IllegalStateException(name + " is not in this JDK"))
                        .run(System.out, System.err, arguments);
        if (exit != 0) {
            throw new IllegalStateException(name + " ended with " + exit);
        }
    }

    private static long size(Path dir) throws IOException {
        try (var files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(
                            file -> {
                                try {
                                    return Files.size(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            })
                    .sum();
        }
    }

    private static void delete(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (var files = Files.walk(dir)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                // Windows deletes no file that may not be written to, and jlink leaves some.
                if (!Files.isWritable(file) && !file.toFile().setWritable(true)) {
                    throw new IOException(file + " cannot be deleted");
                }
                Files.delete(file);
            }
        }
    }
}
