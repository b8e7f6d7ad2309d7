package io.lakebaseops.reconcile;

import java.util.Arrays;

/// The 1,024 buckets of a check in key order, oldest first, one character each.
public final class BucketStrip {
    public static final char UNREAD = '.';
    public static final char READING = '>';
    public static final char EQUAL = '=';
    public static final char DIFFERS = '!';

    private final char[] buckets = new char[KeyBuckets.SHOWN];

    BucketStrip() {
        Arrays.fill(buckets, UNREAD);
    }

    void set(int bucket, char state) {
        // What differs anywhere differs.
        if (buckets[bucket] != DIFFERS) {
            buckets[bucket] = state;
        }
    }

    int count(char state) {
        int found = 0;
        for (char bucket : buckets) {
            found += bucket == state ? 1 : 0;
        }
        return found;
    }

    String text() {
        return new String(buckets);
    }
}
