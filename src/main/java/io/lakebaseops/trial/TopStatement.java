package io.lakebaseops.trial;

/// A reading statement of the live workload, normalised: values are `$1`, `$2` …
record TopStatement(long queryid, String query, long calls, double totalMs, double meanMs) {}
