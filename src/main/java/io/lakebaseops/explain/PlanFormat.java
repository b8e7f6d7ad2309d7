package io.lakebaseops.explain;

/// Formats of EXPLAIN output that can be read.
public enum PlanFormat {
    TEXT,
    JSON,
    YAML
}
