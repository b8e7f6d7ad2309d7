package io.lakebaseops.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The file of connection profiles, `connections.yaml`:
///
/// ```
/// connections:
///   - {name: local,  kind: lakebase,   host: "http://127.0.0.1:8090"}
///   - {name: prod,   kind: databricks, profile: DEFAULT}
///   - {name: orders, kind: jdbc,       url: "jdbc:postgresql://db1:5432/orders", user: dba}
///   - {name: legacy, kind: service,    service: legacy}
/// ```
public final class ConnectionsFile {
    public static final String NAME = "connections.yaml";

    /// The name that libpq and pgjdbc have for it.
    private static final String AUTHORITY = "sslrootcert";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path file;

    public ConnectionsFile(Path home) {
        this.file = home.resolve(NAME);
    }

    /// The profiles of the file and what is wrong in it. One wrong entry costs no other.
    ///
    /// @param troubles each names the file, the entry and the reason
    public record Content(List<ConnectionProfile> profiles, List<String> troubles) {
        public Content {
            profiles = List.copyOf(profiles);
            troubles = List.copyOf(troubles);
        }
    }

    /// Empty when there is no file yet.
    public Content read() throws IOException {
        if (!Files.exists(file)) {
            return new Content(List.of(), List.of());
        }
        var profiles = new ArrayList<ConnectionProfile>();
        var troubles = new ArrayList<String>();
        var names = new HashSet<String>();
        int number = 0;
        for (var entry : root(troubles).path("connections")) {
            number++;
            try {
                var profile = profile(entry);
                if (!names.add(profile.name())) {
                    throw new IllegalArgumentException("the name is used twice");
                }
                profiles.add(profile);
            } catch (IllegalArgumentException e) {
                troubles.add(
                        "%s, entry %d (%s): %s"
                                .formatted(
                                        file,
                                        number,
                                        entry.path("name").asText("no name"),
                                        e.getMessage()));
            }
        }
        return new Content(profiles, troubles);
    }

    /// Text that is no YAML has no entries; where it breaks is said by line.
    private JsonNode root(List<String> troubles) throws IOException {
        try {
            return YAML.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            troubles.add(
                    "%s%s is not valid YAML: %s"
                            .formatted(
                                    file,
                                    at == null ? "" : ", line " + at.getLineNr() + ",",
                                    e.getOriginalMessage().lines().findFirst().orElse("")));
            return YAML.createObjectNode();
        }
    }

    private static ConnectionProfile profile(JsonNode e) {
        var name = text(e, "name");
        var kind = text(e, "kind");
        return switch (kind) {
            case "lakebase" -> lakebase(name, e);
            case "databricks" -> new ConnectionProfile.DatabricksProfile(name, text(e, "profile"));
            case "jdbc" -> new ConnectionProfile.Jdbc(name, text(e, "url"), optional(e, "user"));
            case "service" -> new ConnectionProfile.Service(name, text(e, "service"));
            default ->
                    throw new IllegalArgumentException(
                            "kind is lakebase, databricks, jdbc or service, not " + kind);
        };
    }

    private static ConnectionProfile lakebase(String name, JsonNode e) {
        var authority = optional(e, AUTHORITY);
        return new ConnectionProfile.Lakebase(
                name, text(e, "host"), authority == null ? null : Path.of(authority));
    }

    private static String text(JsonNode entry, String key) {
        var value = optional(entry, key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode entry, String key) {
        var value = entry.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    /// Replaces the file as a whole: a crash leaves the old or the new one.
    public void write(List<ConnectionProfile> profiles) throws IOException {
        var root = YAML.createObjectNode();
        var list = root.putArray("connections");
        for (var profile : profiles) {
            put(list.addObject().put("name", profile.name()), profile);
        }
        OwnerOnly.makeFolderOf(file);
        var fresh = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, OwnerOnly.file(fresh));
        Files.write(fresh, YAML.writeValueAsBytes(root));
        try {
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void put(ObjectNode entry, ConnectionProfile profile) {
        switch (profile) {
            case ConnectionProfile.Lakebase p -> {
                entry.put("kind", "lakebase").put("host", p.host());
                if (p.authority() != null) {
                    entry.put(AUTHORITY, p.authority().toString());
                }
            }
            case ConnectionProfile.DatabricksProfile p ->
                    entry.put("kind", "databricks").put("profile", p.profile());
            case ConnectionProfile.Jdbc p -> {
                entry.put("kind", "jdbc").put("url", p.url());
                if (p.user() != null) {
                    entry.put("user", p.user());
                }
            }
            case ConnectionProfile.Service p ->
                    entry.put("kind", "service").put("service", p.service());
        }
    }
}
