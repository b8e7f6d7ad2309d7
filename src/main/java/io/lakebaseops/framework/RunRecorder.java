package io.lakebaseops.framework;

/// Where runs are kept beyond the memory of this process.
@FunctionalInterface
public interface RunRecorder {
    void record(ToolReport report);
}
