package io.lakebaseops.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Passwords and tokens. They live apart from the profiles, by profile name. No implementation
/// prints a value.
public interface SecretStore {
    Optional<String> get(String name);

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

    /// `LAKEBASEOPS_SECRET_<NAME>`, the name in capitals with `_` for all but letters and digits.
    static SecretStore ofEnvironment(Map<String, String> env) {
        return name ->
                Optional.ofNullable(
                        env.get(
                                "LAKEBASEOPS_SECRET_"
                                        + name.toUpperCase(Locale.ROOT)
                                                .replaceAll("[^A-Z0-9]", "_")));
    }
}
