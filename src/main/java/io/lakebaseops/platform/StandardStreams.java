package io.lakebaseops.platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The encoding of standard output and error. A console of Windows shows the characters of its code
/// page; what goes into a pipe or a file there is read by programs, which expect UTF-8 as anywhere.
public final class StandardStreams {
    private StandardStreams() {}

    /// To be called before anything is printed.
    public static void utf8WhereNobodyLooks() {
        var console = System.console();
        boolean shown = console != null && console.isTerminal();
        if (OperatingSystem.current() == OperatingSystem.WINDOWS && !shown) {
            System.setOut(utf8(FileDescriptor.out));
            System.setErr(utf8(FileDescriptor.err));
        }
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
