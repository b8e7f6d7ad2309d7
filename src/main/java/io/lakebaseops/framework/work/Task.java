package io.lakebaseops.framework.work;

/// What a piece of work does, on its own thread.
@FunctionalInterface
public interface Task<T> {
    T run(TaskContext scope) throws Exception;
}
