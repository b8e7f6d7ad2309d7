package io.lakebaseops.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the news of the start until there is a view to tell them.
final class StartupMessages implements Startup.News {
    private final List<Consumer<Startup.News>> kept = new ArrayList<>();
    private Startup.News listener = keeper();

    private Startup.News keeper() {
        return new Startup.News() {
            @Override
            public void begun(String part) {
                kept.add(view -> view.begun(part));
            }

            @Override
            public void done(String part, Duration took) {
                kept.add(view -> view.done(part, took));
            }
        };
    }

    synchronized void tell(Startup.News view) {
        listener = view;
        kept.forEach(news -> news.accept(view));
        kept.clear();
    }

    @Override
    public synchronized void begun(String part) {
        listener.begun(part);
    }

    @Override
    public synchronized void done(String part, Duration took) {
        listener.done(part, took);
    }
}
