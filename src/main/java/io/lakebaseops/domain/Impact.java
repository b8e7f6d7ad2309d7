package io.lakebaseops.domain;

/// What mending a finding gives and takes, as far as it can be said in figures.
///
/// @param bytesFreed of storage; negative when mending takes some
/// @param bytesError how far `bytesFreed` may be off to either side; 0 when it was read
/// @param msPerHour execution time saved an hour, by estimate
public record Impact(long bytesFreed, long bytesError, double msPerHour) {
    public static Impact frees(long bytes) {
        return new Impact(bytes, 0, 0);
    }
}
