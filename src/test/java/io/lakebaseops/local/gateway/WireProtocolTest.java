package io.lakebaseops.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.local.gateway.WireProtocol.First;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

final class WireProtocolTest {
    private static final int VERSION_3 = 196608;

    @Test
    void a_startup_packet_gives_its_parameters_and_itself() throws IOException {
        byte[] packet = packet(VERSION_3, "user\0änn\0database\0shop\0options\0\0\0");
        First.Startup startup = (First.Startup) WireProtocol.readFirst(in(packet));
        assertThat(startup.user()).isEqualTo("änn");
        assertThat(startup.parameters())
                .isEqualTo(Map.of("user", "änn", "database", "shop", "options", ""));
        assertThat(startup.packet()).isEqualTo(packet);
    }

    @Test
    void requests_for_encryption_and_for_cancelling_are_told_apart() throws IOException {
        assertThat(WireProtocol.readFirst(in(packet(80877103, ""))))
                .isEqualTo(new First.Encryption(true));
        assertThat(WireProtocol.readFirst(in(packet(80877104, ""))))
                .isEqualTo(new First.Encryption(false));
        byte[] cancel = packet(80877102, "12345678");
        assertThat(((First.Cancel) WireProtocol.readFirst(in(cancel))).packet()).isEqualTo(cancel);
    }

    @Test
    void another_protocol_is_refused_before_anything_is_allocated_for_it() {
        byte[] http = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> WireProtocol.readFirst(in(http)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a PostgreSQL client");
        assertThatThrownBy(() -> WireProtocol.readPassword(in(new byte[] {'p', 0x7f, 0, 0, 0})))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> WireProtocol.readPassword(in(new byte[0])))
                .isInstanceOf(IOException.class);
    }

    @Property(tries = 300)
    void any_bytes_are_understood_or_refused_as_an_io_error(@ForAll byte[] bytes) {
        try {
            assertThat(WireProtocol.readFirst(in(bytes))).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).isNotInstanceOf(java.io.UncheckedIOException.class);
        }
    }

    /// Whoever says that 64 kB will come has sent one byte.
    @Test
    void what_is_announced_costs_nothing_before_it_comes() {
        byte[] first = {'p', 0, 1, 0, 0, 'x'};
        byte[] startup = ByteBuffer.allocate(9).putInt(10_000).putInt(VERSION_3).array();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> WireProtocol.readPassword(in(first)))
                    .isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> WireProtocol.readFirst(in(startup)))
                    .isInstanceOf(EOFException.class);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
        System.out.println("an unfinished password and start-up packet cost " + each + " bytes");
        assertThat(each).isLessThan(60_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"off", "OFF", "of", "false", "f", "False", "no", "n", "0", "fals", "nO"})
    void the_words_for_no_replication_are_those_of_the_server(String word) {
        assertThat(WireProtocol.replication(asking(word))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"database", "true", "t", "on", "yes", "1", "o", "", "offf", "nope", "00"})
    void every_other_word_asks_for_replication(String word) {
        assertThat(WireProtocol.replication(asking(word))).isTrue();
    }

    private static First.Startup asking(String word) {
        return new First.Startup(new byte[0], Map.of("user", "u", "replication", word));
    }

    @Test
    void an_error_response_has_the_fields_a_driver_reads() {
        String text = new String(WireProtocol.fatal("28P01", "no\0way"), StandardCharsets.UTF_8);
        assertThat(text.substring(5)).isEqualTo("SFATAL\0VFATAL\0C28P01\0Mno way\0\0");
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] packet(int code, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(out)) {
            data.writeInt(bytes.length + 8);
            data.writeInt(code);
            data.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
