package io.lakebaseops.config;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Passwords and tokens. They live apart from the profiles, by profile name. No implementation
/// prints a value.
public interface SecretStore {
    Optional<String> get(String name);

    /// One that people put secrets into.
    interface Writable extends SecretStore {
        void put(String name, String secret);

        /// Does nothing where there is none of the name.
        void remove(String name);
    }

    /// Several stores, asked in order.
    static SecretStore firstOf(SecretStore... stores) {
        return name -> {
            for (var store : stores) {
                var secret = store.get(name);
                if (secret.isPresent()) {
                    return secret;
                }
            }
            return Optional.empty();
        };
    }

    /// Files named like the secret, as container platforms mount them; the end of the line is not
    /// part of it. One that others may read is refused.
    static SecretStore ofFolder(Path folder) {
        return name -> {
            var file = folder.resolve(name);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                if (OwnerOnly.othersMayRead(file)) {
                    throw new IllegalStateException(
                            file + " may be read by others: close it (chmod 600)");
                }
                return Optional.of(Files.readString(file).strip());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        };
    }

    /// `LAKEBASEOPS_SECRET_<NAME>`, the name in capitals with `_` for all but letters and digits.
    static SecretStore ofEnvironment(Map<String, String> env) {
        return name -> Optional.ofNullable(env.get(variable(name)));
    }

    /// The environment variable that holds a secret.
    static String variable(String name) {
        return "LAKEBASEOPS_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
