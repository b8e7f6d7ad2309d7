package io.lakebaseops.config;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;

import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Secrets in the keychain of the operating system: macOS Keychain, Windows Credential Manager,
/// Secret Service or KWallet.
///
/// A file lists the names (never a secret) that were put there, so that the keychain is not opened,
/// and nobody asked to unlock it, for a profile that has nothing in it.
public final class KeychainSecretStore implements SecretStore.Writable {
    private static final Logger LOG = LoggerFactory.getLogger(KeychainSecretStore.class);
    private static final String NAMES = "secrets.keychain";
    private static final String SERVICE = "LakebaseOps";

    /// A keychain that asks a person to unlock it takes its time; a broken one must not hold us.
    private static final int PATIENCE_SECONDS = 60;

    private static final int OPEN_SECONDS = 10;

    /// What of the keychain is used; an answer of null is "none of this name".
    interface Keychain {
        @Nullable String read(String account) throws PasswordAccessException;

        void write(String account, String secret) throws PasswordAccessException;

        void delete(String account) throws PasswordAccessException;
    }

    private final Path names;
    private final String home;
    private final Keychain keychain;
    private final Executor background;

    KeychainSecretStore(Path home, Keychain keychain, Executor background) {
        this.names = home.resolve(NAMES);
        this.home = home.toAbsolutePath().normalize().toString();
        this.keychain = keychain;
        this.background = background;
    }

    /// Empty where this machine has no keychain that answers, such as one without a desktop.
    ///
    /// @param environment of the process; `LAKEBASEOPS_KEYCHAIN=off` leaves the keychain alone
    public static Optional<KeychainSecretStore> open(
            Path home, Map<String, String> environment, Executor background) {
        if ("off".equalsIgnoreCase(environment.get("LAKEBASEOPS_KEYCHAIN"))) {
            return Optional.empty();
        }
        try {
            var ring =
                    CompletableFuture.supplyAsync(KeychainSecretStore::create, background)
                            .get(OPEN_SECONDS, TimeUnit.SECONDS);
            return ring.map(r -> new KeychainSecretStore(home, new OfSystem(r), background));
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("The keychain of this system is not used: {}", e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    // Native code that is not there for this machine shows as an Error.
    private static Optional<Keyring> create() {
        try {
            return Optional.of(Keyring.create());
        } catch (BackendNotSupportedException | LinkageError | RuntimeException e) {
            LOG.info("This system has no keychain that can be used: {}", e.toString());
            return Optional.empty();
        }
    }

    private record OfSystem(Keyring ring) implements Keychain {
        @Override
        public @Nullable String read(String account) throws PasswordAccessException {
            return ring.getPassword(SERVICE, account);
        }

        @Override
        public void write(String account, String secret) throws PasswordAccessException {
            ring.setPassword(SERVICE, account, secret);
        }

        @Override
        public void delete(String account) throws PasswordAccessException {
            ring.deletePassword(SERVICE, account);
        }
    }

    @Override
    public synchronized Optional<String> get(String name) {
        return names().contains(name)
                ? Optional.ofNullable(asked("read", name, () -> keychain.read(account(name))))
                : Optional.empty();
    }

    @Override
    public synchronized void put(String name, String secret) {
        asked(
                "written to",
                name,
                () -> {
                    keychain.write(account(name), secret);
                    return null;
                });
        var all = names();
        if (all.add(name)) {
            write(all);
        }
    }

    @Override
    public synchronized void remove(String name) {
        var all = names();
        if (all.remove(name)) {
            asked(
                    "changed",
                    name,
                    () -> {
                        keychain.delete(account(name));
                        return null;
                    });
            write(all);
        }
    }

    private interface Call {
        @Nullable String call() throws PasswordAccessException;
    }

    private @Nullable String asked(String done, String name, Call call) {
        var answer = new CompletableFuture<@Nullable String>();
        background.execute(
                () -> {
                    try {
                        answer.complete(call.call());
                    } catch (PasswordAccessException | LinkageError | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "The keychain of this system cannot be %s for %s: unlock it, or keep the secret in the encrypted file"
                            .formatted(done, name),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the keychain was asked", e);
        }
    }

    /// Several homes of one user keep theirs apart.
    private String account(String name) {
        return name + " in " + home;
    }

    /// Asks the file of names alone.
    static boolean lists(Path home, String name) {
        return names(home.resolve(NAMES)).contains(name);
    }

    private TreeSet<String> names() {
        return names(names);
    }

    private static TreeSet<String> names(Path names) {
        try {
            return Files.exists(names) ? new TreeSet<>(Files.readAllLines(names)) : new TreeSet<>();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + names, e);
        }
    }

    private void write(TreeSet<String> all) {
        try {
            OwnerOnly.makeFolderOf(names);
            var fresh = names.resolveSibling(names.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            OwnerOnly.createFile(fresh);
            Files.write(fresh, all);
            Files.move(fresh, names, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + names, e);
        }
    }

    @Override
    public String toString() {
        return "KeychainSecretStore[" + names + "]";
    }
}
