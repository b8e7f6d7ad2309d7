package io.lakebaseops.postgres;

/// Takes the rows of a binary COPY one by one: the count of fields, then each with its length.
@FunctionalInterface
public interface CopiedRows {
    void row(byte[] bytes, int from, int length);
}
