package io.lakebaseops.platform;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The POSIX signals a postmaster understands. `ProcessHandle` can send TERM and KILL only, and
/// TERM lets PostgreSQL wait for its clients for ever.
enum Signal {
    /// Fast shutdown: sessions are rolled back, a checkpoint is written.
    INT(2),
    /// Immediate shutdown: the next start recovers from the WAL.
    QUIT(3);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /// Sends the signal; a process that is gone already is no error.
    void send(long pid) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle kill =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("kill"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int result = (int) kill.invokeExact((int) pid, number);
            if (result != 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                throw new IOException("Process " + pid + " does not accept signal " + this);
            }
        } catch (RuntimeException | IOException e) {
            throw e;
        } catch (Throwable e) { // boundary: MethodHandle.invokeExact declares Throwable
            throw new IOException("Signal " + this + " could not be sent to " + pid, e);
        }
    }
}
