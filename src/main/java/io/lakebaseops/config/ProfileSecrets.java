package io.lakebaseops.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// The secrets of connection profiles: what the environment or a mounted folder gives, what was
/// typed for this run only, and what is kept in the keychain or the encrypted file.
public final class ProfileSecrets implements SecretStore {
    /// Where a secret that was typed is kept.
    public enum Place {
        KEYCHAIN,
        FILE,
        THIS_RUN
    }

    private final Path home;
    private final Map<String, String> environment;
    private final Executor background;
    private final FileSecretStore file;
    private final SecretStore given;
    private final Map<String, String> typed = new ConcurrentHashMap<>();
    private volatile boolean asked;
    private volatile Optional<KeychainSecretStore> keychain = Optional.empty();

    public ProfileSecrets(Path home, Map<String, String> environment, Executor background) {
        this.home = home;
        this.environment = environment;
        this.background = background;
        file = new FileSecretStore(home);
        given =
                SecretStore.firstOf(
                        SecretStore.ofEnvironment(environment),
                        SecretStore.ofFolder(home.resolve("secrets")));
    }

    @Override
    public Optional<String> get(String name) {
        return given.get(name)
                .or(() -> Optional.ofNullable(typed.get(name)))
                .or(() -> file.get(name))
                .or(() -> ofKeychain(name));
    }

    private Optional<String> ofKeychain(String name) {
        return KeychainSecretStore.lists(home, name)
                ? keychain().flatMap(k -> k.get(name))
                : Optional.empty();
    }

    /// Blocking at the first call: opens the keychain of the system.
    public boolean hasKeychain() {
        return keychain().isPresent();
    }

    private Optional<KeychainSecretStore> keychain() {
        if (!asked) {
            synchronized (this) {
                if (!asked) {
                    keychain = KeychainSecretStore.open(home, environment, background);
                    asked = true;
                }
            }
        }
        return keychain;
    }

    /// In one place only: what another one kept under the name goes.
    public void put(String name, String secret, Place place) {
        switch (place) {
            case KEYCHAIN ->
                    keychain()
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "This system has no keychain that can be used"))
                            .put(name, secret);
            case FILE -> file.put(name, secret);
            case THIS_RUN -> typed.put(name, secret);
        }
        forget(name, place);
    }

    public void remove(String name) {
        forget(name, null);
    }

    private void forget(String name, @Nullable Place but) {
        if (but != Place.THIS_RUN) {
            typed.remove(name);
        }
        if (but != Place.FILE) {
            file.remove(name);
        }
        if (but != Place.KEYCHAIN && KeychainSecretStore.lists(home, name)) {
            keychain().ifPresent(k -> k.remove(name));
        }
    }

    @Override
    public String toString() {
        return "ProfileSecrets[" + home + "]";
    }
}
