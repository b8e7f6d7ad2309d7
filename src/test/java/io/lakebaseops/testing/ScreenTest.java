package io.lakebaseops.testing;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test class that starts JavaFX. There is one toolkit per process and one focus, so these
/// classes follow one another. JUnit runs those of the mode "same thread" on the worker that
/// started it, from the first second on, while other workers take the rest; those that only wait
/// for a lock it would put off until nothing else is left.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("javafx")
public @interface ScreenTest {}
