package io.lakebaseops.lakehouse.delta;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Supplier;

/// Keeps Hadoop from reading its default configuration files. The Parquet library builds a fresh
/// configuration several times per file and would parse thousands of lines each time, which was
/// half of the time of a small append. Nothing Parquet needs stands in them.
///
/// Hadoop looks for them through the thread's context class loader, so that is where they are
/// hidden.
final class HadoopStub extends ClassLoader {
    HadoopStub() {
        super("lakehouse", HadoopStub.class.getClassLoader());
    }

    <T> T call(Supplier<T> work) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean hidden(String resource) {
        return resource.endsWith("-default.xml") || resource.endsWith("-site.xml");
    }

    @Override
    public @Nullable URL getResource(String name) {
        return hidden(name) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return hidden(name) ? Collections.emptyEnumeration() : super.getResources(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return hidden(name) ? null : super.getResourceAsStream(name);
    }
}
