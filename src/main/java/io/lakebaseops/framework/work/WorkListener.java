package io.lakebaseops.framework.work;

/// Told when work starts, gets further or ends; on whatever thread that happens, so it must be
/// quick and hand over.
@FunctionalInterface
public interface WorkListener {
    void changed(Work<?> work);
}
