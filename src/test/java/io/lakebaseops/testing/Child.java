package io.lakebaseops.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another process of ours, to be killed in the middle of things. What it says to us are lines that
/// begin with `> `.
public final class Child implements AutoCloseable {
    private static final String SAYS = "> ";

    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    public static Child of(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx250m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// In the child.
    public static void say(String line) {
        System.out.println(SAYS + line);
        System.out.flush();
    }

    /// What it says next.
    public String line() throws IOException {
        var others = new ArrayList<String>();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(SAYS)) {
                return line.substring(SAYS.length());
            }
            others.add(line);
        }
        throw new IOException("The process ended: " + String.join("\n", others));
    }

    /// SIGKILL: no shutdown hook, no closing of anything.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("It would not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
