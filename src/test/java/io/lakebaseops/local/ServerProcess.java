package io.lakebaseops.local;

import io.lakebaseops.local.api.SdkFixture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process that runs the server of a directory or attaches to it, for tests that kill it. Prints
/// its ready line, then waits for the end of its input.
public final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] args) throws IOException {
        LocalOptions options = SdkFixture.options(Path.of(args[0]));
        try (LocalLakebase lakebase = LocalLakebase.attachOrStart(options)) {
            byte[] line = (lakebase.readyLine().json() + "\n").getBytes(StandardCharsets.UTF_8);
            System.out.write(line, 0, line.length);
            System.out.flush();
            while (System.in.read() >= 0) {
                // reads until the parent closes the pipe
            }
        }
    }

    static Process start(Path dir) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
