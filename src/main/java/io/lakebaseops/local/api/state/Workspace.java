package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.platform.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps the state of the control plane in memory and in `state.json`, behind one lock. A change is
/// made to a copy, written, and only then seen: what could not be written has not happened. The
/// file is replaced in one step, and the one before it is kept as `state.json.previous`.
public final class Workspace {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final boolean durable;
    private final IssuedCredentials credentials;
    private State state;
    private boolean frozen;

    /// @param durable whether a change has reached the disk before it is answered
    public Workspace(Path dir, boolean durable) {
        this.file = dir.resolve("state.json");
        this.durable = durable;
        this.state = load(file, previous(file));
        try {
            this.credentials = new IssuedCredentials(dir.resolve("credentials.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the credentials in " + dir, e);
        }
    }

    private static State load(Path file, Path previous) {
        IOException problem = null;
        for (Path candidate : List.of(file, previous)) {
            try {
                if (Files.exists(candidate)) {
                    State found = Json.MAPPER.readValue(candidate.toFile(), State.class);
                    if (problem != null) {
                        LOG.warn("{} cannot be read; the one before it is taken", file, problem);
                        PrivateFiles.move(file, file.resolveSibling("state.json.broken"));
                    }
                    return found;
                }
            } catch (IOException e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw new IllegalStateException(
                    "neither %s nor the one before it can be read (%s); move them away to begin"
                                    .formatted(file, problem.getMessage())
                            + " with an empty workspace",
                    problem);
        }
        return State.empty();
    }

    private static Path previous(Path file) {
        return file.resolveSibling("state.json.previous");
    }

    public IssuedCredentials credentials() {
        return credentials;
    }

    public <T> T read(Function<State, T> look) {
        lock.lock();
        try {
            return look.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /// Checks and changes in one step; a change that refuses has changed nothing.
    public <T> T change(Function<State, T> change) {
        lock.lock();
        try {
            if (frozen) {
                throw new IllegalStateException("the control plane has stopped");
            }
            if (lock.getHoldCount() > 1) {
                throw new IllegalStateException("a change inside a look or a change");
            }
            State next = state.copy();
            T result = change.apply(next);
            save(next);
            state = next;
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

    private void save(State changed) {
        Path next = file.resolveSibling("state.json.next");
        try {
            PrivateFiles.write(next, Json.MAPPER.writeValueAsBytes(changed), durable);
            // Between the two steps only the previous one is there, which is then taken.
            if (Files.exists(file)) {
                PrivateFiles.move(file, previous(file));
            }
            PrivateFiles.move(next, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
