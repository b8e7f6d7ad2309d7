package io.lakebaseops.agents.health.archival;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in network order.
final class WireBytes {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private WireBytes() {}

    static short int2(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int int4(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long int8(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void int2(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static void int4(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void int8(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
