import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The classes of large libraries that something speaks of, in code, in a text or in a list of
/// services; the rest of these libraries need not be shipped.
///
/// Only libraries listed here are looked at: those that load nothing under a name put together at
/// run time. Of all others every class is used.
final class UsedClasses {
    private static final List<String> LOOKED_AT =
            List.of(
                    "com/google/api/client/",
                    "com/google/common/",
                    "com/google/protobuf/",
                    "com/sun/jna/platform/",
                    "io/opencensus/",
                    "io/unitycatalog/",
                    "opennlp/",
                    "org/apache/commons/collections4/",
                    "org/apache/commons/compress/",
                    "org/apache/commons/configuration2/",
                    "org/apache/commons/io/",
                    "org/apache/commons/lang3/",
                    "org/apache/commons/text/",
                    "org/apache/hadoop/",
                    "org/apache/http/",
                    "org/locationtech/jts/",
                    "org/roaringbitmap/");

    private static final List<String> TEXTS = List.of(".xml", ".properties", ".json", ".yaml");

    private final Set<String> used = new HashSet<>();

    UsedClasses(Path jars) throws IOException {
        Map<String, Set<String>> spokenOf = new HashMap<>();
        Set<String> begin = new HashSet<>();
        try (var files = Files.list(jars)) {
            for (var jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                read(jar, spokenOf, begin);
            }
        }
        var open = new ArrayDeque<String>();
        for (var name : spokenOf.keySet()) {
            if (LOOKED_AT.stream().noneMatch(name::startsWith) || begin.contains(name)) {
                used.add(name);
                open.add(name);
            }
        }
        while (!open.isEmpty()) {
            for (var name : spokenOf.get(open.remove())) {
                if (spokenOf.containsKey(name) && used.add(name)) {
                    open.add(name);
                }
            }
        }
    }

    private static void read(Path jar, Map<String, Set<String>> spokenOf, Set<String> begin)
            throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                if (isClass(entry)) {
                    // A class for a newer JDK stands beside the one for all.
                    spokenOf.computeIfAbsent(name(entry), none -> new HashSet<>())
                            .addAll(new ClassFile(bytes(zip, entry)).names());
                } else if (isText(entry.getName())) {
                    var text = new String(bytes(zip, entry), StandardCharsets.UTF_8);
                    ClassFile.names(text, begin);
                }
            }
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isText(String name) {
        return name.startsWith("META-INF/services/") || TEXTS.stream().anyMatch(name::endsWith);
    }

    static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class");
    }

    private static String name(ZipEntry entry) {
        var name = entry.getName().replaceFirst("^META-INF/versions/\\d+/", "");
        return name.substring(0, name.length() - ".class".length());
    }

    boolean has(ZipEntry entry) {
        return used.contains(name(entry));
    }
}
