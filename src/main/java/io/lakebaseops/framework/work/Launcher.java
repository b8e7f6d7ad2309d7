package io.lakebaseops.framework.work;

/// Starts a piece of work on a thread.
@FunctionalInterface
public interface Launcher {
    void launch(String name, Runnable body);

    /// One virtual thread each, named after its job.
    static Launcher virtualThreads() {
        return (name, body) -> Thread.ofVirtual().name(name).start(body);
    }

    /// On the caller's thread, for tests that want to see the result at once.
    static Launcher inline() {
        return (_, body) -> body.run();
    }
}
