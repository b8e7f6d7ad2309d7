package io.lakebaseops.local.api.state;

/// The stored record of a group of people.
///
/// @param ofAccount known to the whole account; Unity Catalog grants to no other groups
public record GroupRow(String id, String displayName, boolean ofAccount) {}
