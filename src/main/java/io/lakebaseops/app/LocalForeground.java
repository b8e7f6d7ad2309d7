package io.lakebaseops.app;

import io.lakebaseops.cli.LocalUp;
import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.LocalOptions;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Runs Local Lakebase until the process is told to end (Ctrl-C).
final class LocalForeground implements LocalUp {
    private final Path usual;

    LocalForeground(Path usual) {
        this.usual = usual;
    }

    @Override
    public int run(Options options, PrintWriter out) {
        var dir = options.dir();
        var local =
                LocalOptions.defaults()
                        .withDir(dir == null ? usual : dir)
                        .withPort(options.port())
                        .withStable(options.stable())
                        .withDemo(demo(options.size()), options.workload())
                        .withTokenTtl(options.tokenLife());
        try (var server = LocalLakebase.start(local)) {
            // Told to end by a signal, the process runs its hooks and nothing else.
            Runtime.getRuntime().addShutdownHook(new Thread(server::closeNow, "local-down"));
            out.println(server.readyLine().json());
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static LocalOptions.Demo demo(Size size) {
        return switch (size) {
            case SMALL -> LocalOptions.Demo.SMALL;
            case MEDIUM -> LocalOptions.Demo.MEDIUM;
            case LARGE -> LocalOptions.Demo.LARGE;
        };
    }
}
