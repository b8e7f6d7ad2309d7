package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

/// A bound value of a statement: its name in the SQL file, its PostgreSQL type, its text form.
public record SqlParam(String name, String type, @Nullable String value) {}
