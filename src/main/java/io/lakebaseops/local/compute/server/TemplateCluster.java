package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.ChildEnvironment;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.PrivateFiles;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerHosting;
import io.lakebaseops.platform.Unprivileged;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;

/// The data directory that new root branches start from. A cluster that was initialised once and is
/// only copied afterwards.
public final class TemplateCluster {
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final Logger LOG = LoggerFactory.getLogger(TemplateCluster.class);
    public static final String SUPERUSER = "cloud_admin";
    private static final long LONGEST_STEP_SECONDS = 60;
    private static final int PASSWORD_BYTES = 24;

    /// Of what is done beside configuration and statements.
    private static final String VERSION = "2";

    private TemplateCluster() {}

    /// The data directory of the template, made now if this user has none yet.
    public static Path dataDir(PostgresBinaries binaries, ServerHosting hosting) {
        ONE_AT_A_TIME.lock();
        try {
            return madeOnce(binaries, hosting);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static Path madeOnce(PostgresBinaries binaries, ServerHosting hosting) {
        String conf = resource("/local/compute/postgresql.conf");
        String bootstrap = resource("/local/compute/bootstrap.sql");
        CRC32 content = new CRC32();
        content.update((conf + bootstrap + VERSION).getBytes(StandardCharsets.UTF_8));
        Path template =
                binaries.home()
                        .resolveSibling(
                                binaries.home().getFileName()
                                        + "-template-"
                                        + Long.toHexString(content.getValue()));
        if (Files.exists(template.resolve("PG_VERSION"))) {
            return template;
        }
        try {
            Path parent = Objects.requireNonNull(template.getParent());
            Path fresh = OwnerOnly.temporaryFolder(parent, "template-");
            Path data = fresh.resolve("data");
            Path password = fresh.resolve(ServerAddress.PASSWORD);
            PrivateFiles.write(password, newPassword(), false);
            initdb(binaries, data, password);
            Files.move(password, data.resolve(ServerAddress.PASSWORD));
            Files.writeString(data.resolve("postgresql.conf"), conf);
            Bootstrap.of(hosting).run(binaries, data, bootstrap);
            FileTree.publish(data, template);
            FileTree.delete(fresh);
            LOG.info("Template cluster made in {}", template);
            return template;
        } catch (IOException e) {
            throw new ComputeException("The template cluster cannot be made", e);
        }
    }

    /// Where servers listen at ports, whoever knows it may do everything; elsewhere nobody asks.
    private static byte[] newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The built-in provider gives the same C.UTF-8 on every operating system.
    private static void initdb(PostgresBinaries binaries, Path data, Path password)
            throws IOException {
        List<String> command =
                List.of(
                        binaries.bin("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + SUPERUSER,
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--no-sync",
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--no-instructions");
        run(command, "");
    }

    static void run(List<String> command, String input) throws IOException {
        Process process =
                ChildEnvironment.cleared(new ProcessBuilder(Unprivileged.command(command)))
                        .redirectErrorStream(true)
                        .start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ComputeException(command.getFirst() + " did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ComputeException("Interrupted during " + command.getFirst(), e);
        }
        if (process.exitValue() != 0 || output.contains("ERROR:")) {
            throw new ComputeException(command.getFirst() + " failed: " + output.strip());
        }
    }

    public static String resource(String path) {
        try (InputStream in = TemplateCluster.class.getResourceAsStream(path)) {
            return new String(
                    Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ComputeException("Resource cannot be read: " + path, e);
        }
    }
}
