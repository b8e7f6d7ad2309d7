package io.lakebaseops.lakebase;

import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.SubnodeConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The profiles of `~/.databrickscfg`, without their secrets.
public final class DatabricksProfiles {
    /// @param login how it signs in, in words
    /// @param usable false when it names no host
    public record Profile(String name, String host, String login, boolean usable) {}

    private DatabricksProfiles() {}

    /// @param home of the user; @param environment of the process
    public static Path place(Path home, Map<String, String> environment) {
        var chosen = environment.get("DATABRICKS_CONFIG_FILE");
        return chosen == null || chosen.isBlank()
                ? home.resolve(".databrickscfg")
                : Path.of(chosen.replaceFirst("^~", home.toString()));
    }

    /// Empty when there is no such file.
    public static List<Profile> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        var ini = new INIConfiguration();
        try (var reader = Files.newBufferedReader(file)) {
            ini.read(reader);
        } catch (ConfigurationException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        var found = new ArrayList<Profile>();
        for (var name : ini.getSections()) {
            if (name != null && !name.startsWith("__")) {
                found.add(profile(name, ini.getSection(name)));
            }
        }
        return List.copyOf(found);
    }

    private static Profile profile(String name, SubnodeConfiguration entries) {
        var host = entries.getString("host", "").strip();
        var type = entries.getString("auth_type", "");
        String login;
        if (entries.containsKey("client_secret")) {
            login = "service principal";
        } else if (entries.containsKey("token")) {
            login = "token";
        } else if (type.equals("external-browser") || type.equals("databricks-cli")) {
            login = "sign in with browser";
        } else if (!type.isEmpty()) {
            login = type;
        } else {
            login = entries.containsKey("username") ? "password" : "sign in with browser";
        }
        return new Profile(
                name,
                host.replaceFirst("^https://", "").replaceFirst("/$", ""),
                login,
                !host.isEmpty());
    }
}
