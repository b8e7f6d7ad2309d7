package io.lakebaseops.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/// The file of connection profiles, `connections.yaml`:
///
/// ```
/// connections:
///   - {name: local,  kind: lakebase,   host: "http://127.0.0.1:8090"}
///   - {name: prod,   kind: databricks, profile: DEFAULT}
///   - {name: orders, kind: jdbc,       url: "jdbc:postgresql://db1:5432/orders", user: dba}
///   - {name: legacy, kind: service,    service: legacy}
///   - {name: far,    kind: jdbc,       url: "host=db2 dbname=x user=dba", ssh: "me@bastion:22"}
/// ```
public final class ConnectionsFile {
    public static final String NAME = "connections.yaml";

    /// The name that libpq and pgjdbc have for it.
    private static final String AUTHORITY = "sslrootcert";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();

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

    /// Another one whenever the file was changed; 0 without a file.
    public long stamp() {
        try {
            return Files.exists(file)
                    ? Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file)
                    : 0;
        } catch (IOException e) {
            // It is being replaced just now: the next look finds it.
            return 0;
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
            case "jdbc" -> jdbc(name, e);
            case "service" -> new ConnectionProfile.Service(name, text(e, "service"));
            default ->
                    throw new IllegalArgumentException(
                            "kind is lakebase, databricks, jdbc or service, not " + kind);
        };
    }

    private static ConnectionProfile lakebase(String name, JsonNode e) {
        var authority = optional(e, AUTHORITY);
        var login = optional(e, "login");
        return new ConnectionProfile.Lakebase(
                name,
                text(e, "host"),
                authority == null ? null : Path.of(authority),
                switch (login == null ? "token" : login) {
                    case "token" -> new WorkspaceLogin.Token();
                    case "browser" -> new WorkspaceLogin.Browser();
                    case "service_principal" ->
                            new WorkspaceLogin.ServicePrincipal(text(e, "client_id"));
                    default ->
                            throw new IllegalArgumentException(
                                    "login is token, browser or service_principal, not " + login);
                });
    }

    private static ConnectionProfile jdbc(String name, JsonNode e) {
        var ssh = optional(e, "ssh");
        var key = optional(e, "ssh_key");
        return new ConnectionProfile.Jdbc(
                name,
                text(e, "url"),
                optional(e, "user"),
                ssh == null ? null : SshTunnel.of(ssh, key == null ? null : Path.of(key)));
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

    /// Adds the profile, or puts it in the place of the one of that name. Other lines of the file
    /// stay as they are.
    public synchronized void put(ConnectionProfile profile) throws IOException {
        var entry = line(profile);
        edit(text -> text.put(profile.name(), entry), profiles -> replaced(profiles, profile));
    }

    public synchronized void remove(String name) throws IOException {
        edit(
                text -> text.remove(name),
                profiles -> profiles.stream().filter(p -> !p.name().equals(name)).toList());
    }

    /// @param by -1 for one place up, 1 for one down
    public synchronized void move(String name, int by) throws IOException {
        edit(text -> text.move(name, by), profiles -> moved(profiles, name, by));
    }

    private static List<ConnectionProfile> replaced(
            List<ConnectionProfile> profiles, ConnectionProfile profile) {
        var next = new ArrayList<>(profiles);
        next.replaceAll(p -> p.name().equals(profile.name()) ? profile : p);
        if (!next.contains(profile)) {
            next.add(profile);
        }
        return next;
    }

    private static List<ConnectionProfile> moved(
            List<ConnectionProfile> profiles, String name, int by) {
        var next = new ArrayList<>(profiles);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).name().equals(name) && i + by >= 0 && i + by < next.size()) {
                next.add(i + by, next.remove(i));
                break;
            }
        }
        return next;
    }

    /// Lines are changed where that gives what is meant; a file that is written in another way is
    /// kept beside the new one.
    private void edit(
            UnaryOperator<ConnectionsText> lines, UnaryOperator<List<ConnectionProfile>> profiles)
            throws IOException {
        var before = read();
        if (Files.exists(file)) {
            var whole = Files.readString(file);
            var text = ConnectionsText.of(whole).map(lines).map(ConnectionsText::text);
            if (text.isPresent()) {
                PrivateFiles.replace(file, text.get());
                return;
            }
            if (!before.troubles().isEmpty()) {
                throw new IOException(
                        "%s has to be corrected first: %s"
                                .formatted(file, before.troubles().getFirst()));
            }
            Files.writeString(file.resolveSibling(NAME + ".before"), whole);
        }
        write(profiles.apply(before.profiles()));
    }

    /// Writes all profiles anew.
    public synchronized void write(List<ConnectionProfile> profiles) throws IOException {
        var entries = new ArrayList<String>();
        for (var profile : profiles) {
            entries.add(line(profile));
        }
        PrivateFiles.replace(file, ConnectionsText.fresh(entries));
    }

    private static String line(ConnectionProfile profile) throws IOException {
        var entry = JSON.createObjectNode().put("name", profile.name());
        put(entry, profile);
        // JSON is YAML's flow style.
        return JSON.writeValueAsString(entry);
    }

    private static void put(ObjectNode entry, ConnectionProfile profile) {
        switch (profile) {
            case ConnectionProfile.Lakebase p -> {
                entry.put("kind", "lakebase").put("host", p.host());
                if (p.authority() != null) {
                    entry.put(AUTHORITY, p.authority().toString());
                }
                switch (p.login()) {
                    case WorkspaceLogin.Token() -> {}
                    case WorkspaceLogin.Browser() -> entry.put("login", "browser");
                    case WorkspaceLogin.ServicePrincipal(var id) ->
                            entry.put("login", "service_principal").put("client_id", id);
                }
            }
            case ConnectionProfile.DatabricksProfile p ->
                    entry.put("kind", "databricks").put("profile", p.profile());
            case ConnectionProfile.Jdbc p -> {
                entry.put("kind", "jdbc").put("url", p.url());
                if (p.user() != null) {
                    entry.put("user", p.user());
                }
                var tunnel = p.tunnel();
                if (tunnel != null) {
                    entry.put("ssh", tunnel.text());
                    if (tunnel.key() != null) {
                        entry.put("ssh_key", tunnel.key().toString());
                    }
                }
            }
            case ConnectionProfile.Service p ->
                    entry.put("kind", "service").put("service", p.service());
        }
    }
}
