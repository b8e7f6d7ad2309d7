package io.lakebaseops.domain;

/// How much a finding or alert matters. Order is ascending.
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
