package io.lakebaseops.testing;

import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.util.Comparator;

/// Begins with the tests of screens: they follow one another, since there is one JavaFX thread, and
/// at the end of a run one core would wait for them.
public final class ScreensFirst implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing((ClassDescriptor c) -> !needsScreen(c)));
    }

    private static boolean needsScreen(ClassDescriptor tests) {
        return tests.findRepeatableAnnotations(ResourceLock.class).stream()
                .anyMatch(lock -> lock.value().equals("javafx"));
    }
}
