package io.lakebaseops.lakebase;

import java.util.Optional;

/// Keeps what a login in the browser left, so that nobody has to sign in every hour. It is a
/// secret.
public interface LoginMemory {
    Optional<String> kept();

    void keep(String login);
}
