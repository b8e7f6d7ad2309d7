package io.lakebaseops.app;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/// Something made when it is first needed, and closed only if it was: listing the tools must not
/// start a server.
final class Lazy<T> implements AutoCloseable {
    private final Supplier<T> maker;
    private @Nullable T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        var there = made;
        if (there == null) {
            there = maker.get();
            made = there;
        }
        return there;
    }

    synchronized boolean wasMade() {
        return made != null;
    }

    /// Looks like the thing itself and makes it at the first call.
    <I> I as(Class<I> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            try {
                                return method.invoke(get(), arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause() == null ? e : e.getCause();
                            }
                        }));
    }

    @Override
    public synchronized void close() throws Exception {
        if (made instanceof AutoCloseable open) {
            made = null;
            open.close();
        }
    }
}
