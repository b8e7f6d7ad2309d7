package io.lakebaseops.framework;

/// The output of a tool that tests something: a command that ran it fails when the test did, so
/// that a pipeline stops there.
public interface TestResult {
    boolean passed();
}
