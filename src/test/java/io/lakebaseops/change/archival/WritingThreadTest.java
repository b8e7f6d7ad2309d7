package io.lakebaseops.change.archival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

/// Rows reach the store in their order, and a store that fails, also by an Error, never leaves the
/// reader waiting.
final class WritingThreadTest {
    private static final int ROWS = 30_000;

    private interface Row {
        void take(byte first);
    }

    private static ColdStore.Writing store(Row row) {
        return new ColdStore.Writing() {
            @Override
            public void row(byte[] bytes, int from, int length) {
                row.take(bytes[from]);
            }

            @Override
            public ColdStore.Stored commit() {
                return new ColdStore.Stored(1, true);
            }

            @Override
            public void close() {}
        };
    }

    private static void give(WritingThread writer) {
        for (int i = 0; i < ROWS; i++) {
            writer.row(new byte[] {(byte) i}, 0, 1);
        }
        writer.finish();
    }

    @Test
    void rows_come_in_their_order() {
        List<Byte> seen = new ArrayList<>();
        try (var writer = new WritingThread(store(seen::add))) {
            give(writer);
        }
        assertThat(seen).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(seen.get(i)).isEqualTo((byte) i);
        }
    }

    @Test
    @Timeout(60)
    void an_error_of_the_store_reaches_the_reader() {
        for (var failure : List.of(new OutOfMemoryError("full"), new AssertionError("torn"))) {
            Row torn =
                    _ -> {
                        throw failure;
                    };
            try (var writer = new WritingThread(store(torn))) {
                assertThatThrownBy(() -> give(writer)).isSameAs(failure);
            }
        }
    }
}
