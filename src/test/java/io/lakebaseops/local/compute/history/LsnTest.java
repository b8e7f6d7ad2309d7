package io.lakebaseops.local.compute.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LsnTest {
    @Test
    void a_position_reads_as_it_is_written_and_sorts_without_a_sign() {
        assertThat(Lsn.parse("16/B374D848")).hasToString("16/B374D848");
        assertThat(Lsn.parse("FFFFFFFF/0").compareTo(Lsn.parse("0/1"))).isPositive();
        assertThatThrownBy(() -> Lsn.parse("16-B374")).hasMessageContaining("not a log position");
    }

    @Test
    void its_segment_is_the_one_the_server_names() {
        // SELECT pg_walfile_name('16/B374D848') is 0000000100000016000000B3.
        assertThat(Lsn.parse("16/B374D848").segment()).isEqualTo("00000016000000B3");
        assertThat(Lsn.parse("0/FFFFFF").segment()).isEqualTo("0000000000000000");
        assertThat(Lsn.parse("0/1000000").segment()).isEqualTo("0000000000000001");
    }
}
