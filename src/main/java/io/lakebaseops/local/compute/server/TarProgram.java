package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.ChildEnvironment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Unpacks the server by the system's own `tar`. It needs a quarter of the time our Java reader
/// does in a JVM that has just started: 0.9 s of processor instead of 3.5 s. Where it is missing or
/// knows no xz, the answer is no and nothing is left behind.
final class TarProgram {
    private static final Logger LOG = LoggerFactory.getLogger(TarProgram.class);
    private static final int LONGEST_SECONDS = 60;

    private TarProgram() {}

    static boolean unpack(URLConnection txz, Path target) throws IOException {
        var command = List.of("tar", "--no-same-owner", "-xJf", "-", "-C", target.toString());
        Process tar;
        try {
            tar =
                    ChildEnvironment.cleared(new ProcessBuilder(command))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            LOG.debug("There is no tar program here", e);
            return false;
        }
        try (InputStream in = txz.getInputStream()) {
            fill(tar, in);
            var said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tar.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && tar.exitValue() == 0) {
                return true;
            }
            LOG.debug("tar did not unpack the server: {}", said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComputeException("Interrupted while PostgreSQL was unpacked", e);
        } finally {
            tar.destroyForcibly();
        }
        FileTree.delete(target);
        Files.createDirectory(target);
        return false;
    }

    /// A tar that ends early closes the pipe; what it then says counts, not the broken pipe.
    private static void fill(Process tar, InputStream in) {
        try (var pipe = tar.getOutputStream()) {
            in.transferTo(pipe);
        } catch (IOException e) {
            LOG.debug("tar stopped reading", e);
        }
    }
}
