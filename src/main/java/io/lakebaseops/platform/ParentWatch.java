package io.lakebaseops.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A process that runs a program of ours when this one is gone, however it went. A shell waits at
/// the end of a pipe from this process; when the pipe closes it becomes the program. Whoever leaves
/// in good order dismisses it before.
///
/// Where there is no shell, or no `java` beside the running one, nobody watches.
public final class ParentWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);
    private static final List<String> JVM =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "--enable-native-access=ALL-UNNAMED");

    /// Deaf to the signals of the terminal, which go to the whole group.
    private static final String UNIX = "trap '' INT HUP; cat >/dev/null; exec \"$@\"";

    private final Process shell;

    private ParentWatch(Process shell) {
        this.shell = shell;
    }

    public static Optional<ParentWatch> running(Class<?> main, List<String> arguments) {
        var system = OperatingSystem.current();
        var java = Path.of(System.getProperty("java.home"), "bin", system.executable("java"));
        if (!Files.isExecutable(java)) {
            return Optional.empty();
        }
        var program = new ArrayList<String>();
        program.add(java.toString());
        program.addAll(JVM);
        if (Boolean.getBoolean(ServerHosting.PROPERTY)) {
            program.add("-D" + ServerHosting.PROPERTY + "=true");
        }
        program.add(main.getName());
        program.addAll(arguments);
        var command =
                new ProcessBuilder(command(system, program))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        ChildEnvironment.cleared(command);
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return Optional.of(new ParentWatch(command.start()));
        } catch (IOException e) {
            LOG.debug("Nobody runs {} if this process is killed", main, e);
            return Optional.empty();
        }
    }

    /// On Windows `findstr` reads its input to the end, as `cat` does here. A path holds no quotes
    /// there, and with `/s` the outer pair is taken off and the rest left as it is.
    static List<String> command(OperatingSystem system, List<String> program) {
        if (system == OperatingSystem.WINDOWS) {
            return List.of(
                    "cmd.exe",
                    "/d",
                    "/s",
                    "/c",
                    "\"findstr \"^\" >NUL & \"" + String.join("\" \"", program) + "\"\"");
        }
        var wrapped = new ArrayList<>(List.of("/bin/sh", "-c", UNIX, "lakebaseops-janitor"));
        wrapped.addAll(program);
        return List.copyOf(wrapped);
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }
}
