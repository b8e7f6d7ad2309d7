package io.lakebaseops.ask.meaning;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The intents of the data files `ask/*.yaml`, read once.
public final class IntentLibrary {
    /// What is no question about a database; its examples keep the others clean.
    public static final String OUTSIDE = "outside";

    private static final List<String> FILES =
            List.of(
                    "health",
                    "queries",
                    "indexes",
                    "storage",
                    "vacuum",
                    "sessions",
                    "schema",
                    "access",
                    "settings",
                    "operations",
                    "outside");

    private final Map<String, Intent> byId = new LinkedHashMap<>();

    private IntentLibrary(List<Intent> intents) {
        for (var intent : intents) {
            if (byId.put(intent.id(), intent) != null) {
                throw new IllegalStateException("Two intents are called " + intent.id());
            }
        }
    }

    public static IntentLibrary fromClassPath() {
        var mapper =
                YAMLMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                        .build();
        var all = new ArrayList<Intent>();
        for (var file : FILES) {
            var path = "/ask/" + file + ".yaml";
            try (var in = IntentLibrary.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("The class path lacks " + path);
                }
                all.addAll(mapper.readValue(in, new TypeReference<List<Intent>>() {}));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + path, e);
            }
        }
        return new IntentLibrary(all);
    }

    public List<Intent> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Intent> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
