package io.lakebaseops.domain;

/// The change that mends a finding, in the terms of the tool that found it and as far as that tool
/// has read it already. The tool makes plans of remedies once their findings are stored.
public interface Remedy {
    /// The database it changes: what is still missing is read there once for many remedies.
    String database();

    /// Equal keys mean the same change, whatever the figures around it.
    String key();
}
