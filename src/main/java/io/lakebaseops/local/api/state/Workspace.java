package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps the state of the control plane in memory and in `state.json`. In memory behind one lock,
/// and after every change in `state.json`, replaced in one step so that a crash leaves the old or
/// the new file.
public final class Workspace {
    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final State state;
    private boolean frozen;

    public Workspace(Path dir) {
        this.file = dir.resolve("state.json");
        try {
            this.state =
                    Files.exists(file)
                            ? Json.MAPPER.readValue(file.toFile(), State.class)
                            : State.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    public <T> T read(Function<State, T> look) {
        lock.lock();
        try {
            return look.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /// Checks and changes in one step. The change must refuse before it alters anything: what it
    /// altered is kept.
    public <T> T change(Function<State, T> change) {
        lock.lock();
        try {
            if (frozen) {
                throw new IllegalStateException("the control plane has stopped");
            }
            T result = change.apply(state);
            save();
            return result;
        } finally {
            lock.unlock();
        }
    }

    public void alter(Consumer<State> change) {
        change(
                s -> {
                    change.accept(s);
                    return true;
                });
    }

    /// No change is taken from here on: what threads still do at shutdown leaves no trace.
    public void freeze() {
        lock.lock();
        try {
            frozen = true;
        } finally {
            lock.unlock();
        }
    }

    public boolean frozen() {
        lock.lock();
        try {
            return frozen;
        } finally {
            lock.unlock();
        }
    }

    private void save() {
        Path next = file.resolveSibling("state.json.next");
        try {
            Json.MAPPER.writeValue(next.toFile(), state);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
