package io.lakebaseops.console.connect;

import io.lakebaseops.config.ConnectionDraft;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.config.SshTunnel;
import io.lakebaseops.config.WorkspaceLogin;
import io.lakebaseops.console.Texts;
import io.lakebaseops.postgres.PastedConnection;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The fields of a connection as they are typed, and the draft they make. Knows no window.
public final class ConnectForm {
    /// A text field; those of a server that are keywords of libpq name them.
    public enum Field {
        NAME(""),
        HOST("host"),
        PORT("port"),
        DATABASE("dbname"),
        USER("user"),
        PASSWORD(""),
        ROOT("sslrootcert"),
        CERTIFICATE("sslcert"),
        KEY("sslkey"),
        KEY_PASSWORD(""),
        SSH(""),
        SSH_KEY(""),
        SSH_SECRET(""),
        MORE(""),
        WORKSPACE(""),
        CLIENT("");

        final String keyword;

        Field(String keyword) {
            this.keyword = keyword;
        }

        /// Its content is never shown.
        public boolean secret() {
            return this == PASSWORD || this == KEY_PASSWORD || this == SSH_SECRET;
        }
    }

    /// What is connected to.
    public enum Kind {
        SERVER,
        WORKSPACE
    }

    /// How one signs in to a workspace.
    public enum Login {
        BROWSER,
        TOKEN,
        PRINCIPAL,
        PROFILE
    }

    static final List<String> MODES =
            List.of("prefer", "require", "verify-ca", "verify-full", "disable", "allow");

    private static final Set<String> FIELDS =
            Set.of("host", "port", "dbname", "user", "sslmode", "sslrootcert", "sslcert", "sslkey");

    private final Map<Field, StringProperty> fields = new EnumMap<>(Field.class);
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.SERVER);
    private final ObjectProperty<Login> login = new SimpleObjectProperty<>(Login.BROWSER);
    private final StringProperty mode = new SimpleStringProperty(MODES.getFirst());
    private final ObjectProperty<Boolean> tunnel = new SimpleObjectProperty<>(false);
    private final ObjectProperty<ProfileSecrets.Place> place =
            new SimpleObjectProperty<>(ProfileSecrets.Place.FILE);
    private final StringProperty replaces = new SimpleStringProperty("");
    private Map<String, String> resolved = Map.of();
    private @Nullable ConnectionProfile original;

    public ConnectForm() {
        for (var field : Field.values()) {
            fields.put(field, new SimpleStringProperty(""));
        }
    }

    public StringProperty text(Field field) {
        return java.util.Objects.requireNonNull(fields.get(field));
    }

    String value(Field field) {
        return text(field).get().strip();
    }

    public ObjectProperty<Kind> kind() {
        return kind;
    }

    public ObjectProperty<Login> login() {
        return login;
    }

    public StringProperty mode() {
        return mode;
    }

    public ObjectProperty<Boolean> tunnel() {
        return tunnel;
    }

    public ObjectProperty<ProfileSecrets.Place> place() {
        return place;
    }

    /// The name of the saved connection that is edited; empty for a new one.
    public StringProperty replaces() {
        return replaces;
    }

    /// What a service entry says itself where the field is left empty.
    public String resolved(Field field) {
        return resolved.getOrDefault(field.keyword, "");
    }

    public void clear() {
        resolved = Map.of();
        original = null;
        replaces.set("");
        fields.values().forEach(f -> f.set(""));
        mode.set(MODES.getFirst());
        tunnel.set(false);
        kind.set(Kind.SERVER);
    }

    void fill(FoundPlace.Fill found) {
        switch (found) {
            case FoundPlace.Fill.Server(var server, var itself) -> {
                fill(server);
                resolved = itself;
            }
            case FoundPlace.Fill.Profile(var profile, var host) -> {
                clear();
                kind.set(Kind.WORKSPACE);
                login.set(Login.PROFILE);
                text(Field.WORKSPACE).set(profile);
                text(Field.NAME).set(proposed(profile.equals("DEFAULT") ? host : profile));
            }
        }
    }

    /// @return whether there was something to take over
    boolean fill(PastedConnection pasted) {
        return switch (pasted) {
            case PastedConnection.Unreadable _ -> false;
            case PastedConnection.Workspace(var host) -> {
                clear();
                kind.set(Kind.WORKSPACE);
                login.set(Login.BROWSER);
                text(Field.WORKSPACE).set(host);
                text(Field.NAME).set(proposed(host.replaceFirst("https://", "")));
                yield true;
            }
            case PastedConnection.Server server -> {
                clear();
                keywords(server.keywords());
                set(Field.PASSWORD, server.password());
                set(Field.KEY_PASSWORD, server.keyPassword());
                var service = server.get("service");
                var database = server.get("dbname");
                var host = server.get("host").split(",", 2)[0];
                text(Field.NAME)
                        .set(
                                proposed(
                                        !service.isEmpty()
                                                ? service
                                                : database.isEmpty() || database.equals("postgres")
                                                        ? host
                                                        : database));
                yield true;
            }
        };
    }

    private void set(Field field, @Nullable String value) {
        text(field).set(value == null ? "" : value);
    }

    private void keywords(Map<String, String> keywords) {
        for (var field : Field.values()) {
            if (!field.keyword.isEmpty()) {
                set(field, keywords.get(field.keyword));
            }
        }
        mode.set(keywords.getOrDefault("sslmode", MODES.getFirst()));
        var more = new TreeMap<>(keywords);
        more.keySet().removeAll(FIELDS);
        text(Field.MORE).set(PastedConnection.written(more));
    }

    private static String proposed(String from) {
        var name = from.replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9._-]+", "-");
        return name.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }

    /// A saved connection; its secrets stay where they are.
    void edit(ConnectionProfile profile) {
        clear();
        switch (profile) {
            case ConnectionProfile.Jdbc p -> {
                if (PastedConnection.read(p.url()) instanceof PastedConnection.Server server) {
                    keywords(server.keywords());
                } else {
                    text(Field.MORE).set(p.url());
                }
                if (p.user() != null) {
                    text(Field.USER).set(p.user());
                }
                var ssh = p.tunnel();
                if (ssh != null) {
                    tunnel.set(true);
                    text(Field.SSH).set(ssh.text());
                    set(Field.SSH_KEY, ssh.key() == null ? null : ssh.key().toString());
                }
            }
            case ConnectionProfile.Service p ->
                    text(Field.MORE).set(PastedConnection.written(Map.of("service", p.service())));
            case ConnectionProfile.DatabricksProfile p -> {
                kind.set(Kind.WORKSPACE);
                login.set(Login.PROFILE);
                text(Field.WORKSPACE).set(p.profile());
            }
            case ConnectionProfile.Lakebase p -> {
                kind.set(Kind.WORKSPACE);
                text(Field.WORKSPACE).set(p.host());
                switch (p.login()) {
                    case WorkspaceLogin.Token() -> login.set(Login.TOKEN);
                    case WorkspaceLogin.Browser() -> login.set(Login.BROWSER);
                    case WorkspaceLogin.ServicePrincipal(var id) -> {
                        login.set(Login.PRINCIPAL);
                        text(Field.CLIENT).set(id);
                    }
                }
            }
        }
        text(Field.NAME).set(profile.name());
        original = profile;
        replaces.set(profile.name());
    }

    /// What is wrong with what was typed so far, by field; checked at every key.
    Map<Field, String> errors() {
        var errors = new EnumMap<Field, String>(Field.class);
        var name = value(Field.NAME);
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            errors.put(Field.NAME, Texts.of("letters, digits, dot, dash and underscore"));
        }
        var port = value(Field.PORT);
        if (!port.isEmpty() && !port.matches("\\d{1,5}(,\\d{1,5})*")) {
            errors.put(Field.PORT, Texts.of("a number to 65535"));
        }
        if (value(Field.HOST).matches(".*\\s.*")) {
            errors.put(Field.HOST, Texts.of("no blanks"));
        }
        return errors;
    }

    /// @throws IllegalArgumentException with what is missing or wrong, in words
    ConnectionDraft draft() {
        var wrong = errors();
        if (!wrong.isEmpty()) {
            var first = wrong.entrySet().iterator().next();
            throw new IllegalArgumentException(words(first.getKey()) + ": " + first.getValue());
        }
        var name = value(Field.NAME);
        if (name.isEmpty()) {
            throw new IllegalArgumentException(Texts.of("Give the connection a name"));
        }
        var profile = kind.get() == Kind.SERVER ? server(name) : workspace(name);
        var secrets = new LinkedHashMap<String, String>();
        put(secrets, name, Field.PASSWORD);
        if (kind.get() == Kind.SERVER) {
            put(secrets, name + ConnectionProfile.KEY_SECRET, Field.KEY_PASSWORD);
            if (tunnel.get()) {
                put(secrets, SshTunnel.secretOf(name), Field.SSH_SECRET);
            }
        }
        var before = replaces.get();
        return new ConnectionDraft(before.isEmpty() ? null : before, profile, secrets, place.get());
    }

    private static String words(Field field) {
        return field.name().charAt(0)
                + field.name().substring(1).toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private void put(Map<String, String> secrets, String name, Field field) {
        var typed = text(field).get();
        if (!typed.isEmpty()) {
            secrets.put(name, typed);
        }
    }

    private ConnectionProfile server(String name) {
        var keywords = new HashMap<String, String>();
        var more = value(Field.MORE);
        if (!more.isEmpty()) {
            switch (PastedConnection.read(more)) {
                case PastedConnection.Server s -> {
                    keywords.putAll(s.keywords());
                    if (!more.contains("host")) {
                        // The reader's own assumption where nothing names a host.
                        keywords.remove("host");
                    }
                }
                case PastedConnection.Workspace _ ->
                        throw new IllegalArgumentException(Texts.of("More: that is a workspace"));
                case PastedConnection.Unreadable(var why) ->
                        throw new IllegalArgumentException(Texts.of("More: %s", why));
            }
        }
        for (var field : Field.values()) {
            if (!field.keyword.isEmpty() && !value(field).isEmpty()) {
                keywords.put(field.keyword, value(field));
            }
        }
        boolean service = keywords.containsKey("service");
        if (!service || !mode.get().equals(MODES.getFirst())) {
            keywords.put("sslmode", mode.get());
        }
        if (!service && !keywords.containsKey("host") && !keywords.containsKey("hostaddr")) {
            throw new IllegalArgumentException(Texts.of("Name the host"));
        }
        if (!service && !keywords.containsKey("user")) {
            throw new IllegalArgumentException(Texts.of("Name the user"));
        }
        var ssh =
                tunnel.get()
                        ? SshTunnel.of(
                                value(Field.SSH),
                                value(Field.SSH_KEY).isEmpty()
                                        ? null
                                        : Path.of(value(Field.SSH_KEY)))
                        : null;
        if (ssh == null && keywords.keySet().equals(Set.of("service"))) {
            return new ConnectionProfile.Service(name, keywords.getOrDefault("service", ""));
        }
        return new ConnectionProfile.Jdbc(name, PastedConnection.written(keywords), null, ssh);
    }

    private ConnectionProfile workspace(String name) {
        var host = value(Field.WORKSPACE);
        if (host.isEmpty()) {
            throw new IllegalArgumentException(Texts.of("Name the workspace"));
        }
        if (login.get() == Login.PROFILE) {
            return new ConnectionProfile.DatabricksProfile(name, host);
        }
        var address = host.contains("://") ? host : "https://" + host;
        return new ConnectionProfile.Lakebase(
                name,
                address,
                original instanceof ConnectionProfile.Lakebase l ? l.authority() : null,
                switch (login.get()) {
                    case BROWSER, PROFILE -> new WorkspaceLogin.Browser();
                    case TOKEN -> new WorkspaceLogin.Token();
                    case PRINCIPAL -> new WorkspaceLogin.ServicePrincipal(value(Field.CLIENT));
                });
    }

    /// Everything that changes when somebody types.
    List<javafx.beans.Observable> changes() {
        var all = new ArrayList<javafx.beans.Observable>(fields.values());
        all.remove(fields.get(Field.NAME));
        all.addAll(List.of(kind, login, mode, tunnel));
        return all;
    }
}
