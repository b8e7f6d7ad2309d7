package io.lakebaseops.sqltext.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is peculiar to one build of libpg_query: the names behind its letters and the functions
/// that are interpreted. `src/main/wasm/upgrade.sh` writes it.
///
/// @param version of the npm package
/// @param sha256 of the .wasm
/// @param interpreted indices of functions too large for the JVM
/// @param imports C names by letter
/// @param exports letters by C name
record GrammarBuild(
        String version,
        String sha256,
        Set<Integer> interpreted,
        Map<String, String> imports,
        Map<String, String> exports) {
    private static final String FILE = "libpg-query.properties";

    GrammarBuild {
        interpreted = Set.copyOf(interpreted);
        imports = Map.copyOf(imports);
        exports = Map.copyOf(exports);
    }

    static GrammarBuild load() {
        var read = new Properties();
        try (var in = GrammarBuild.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + FILE);
            }
            read.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
        var imports = new HashMap<String, String>();
        var exports = new HashMap<String, String>();
        for (var key : new TreeSet<>(read.stringPropertyNames())) {
            if (key.startsWith("import.")) {
                imports.put(key.substring("import.".length()), read.getProperty(key));
            } else if (key.startsWith("export.")) {
                exports.put(key.substring("export.".length()), read.getProperty(key));
            }
        }
        return new GrammarBuild(
                required(read, "version"),
                required(read, "sha256"),
                Arrays.stream(required(read, "interpreted").split(","))
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet()),
                imports,
                exports);
    }

    private static String required(Properties read, String key) {
        var value = read.getProperty(key);
        if (value == null) {
            throw new IllegalStateException(FILE + " lacks " + key);
        }
        return value;
    }
}
