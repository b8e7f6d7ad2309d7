package io.lakebaseops.app;

import io.lakebaseops.cli.LocalUp;
import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.LocalOptions;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
        var end = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        // Asked to stop, it leaves nothing behind that a later start would have to clear away.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(end, ended), "local-down"));
        try (var server = LocalLakebase.start(local)) {
            // Told to end by a signal, the process runs its hooks and nothing else.
            Runtime.getRuntime().addShutdownHook(new Thread(server::closeNow, "local-down"));
            out.println(server.readyLine().json());
            out.flush();
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private static void stop(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            // Postgres servers end in some seconds; what takes longer, the janitor ends.
            ended.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LocalOptions.Demo demo(Size size) {
        return switch (size) {
            case SMALL -> LocalOptions.Demo.SMALL;
            case MEDIUM -> LocalOptions.Demo.MEDIUM;
            case LARGE -> LocalOptions.Demo.LARGE;
        };
    }
}
