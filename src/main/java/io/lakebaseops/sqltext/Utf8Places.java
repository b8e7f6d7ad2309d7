package io.lakebaseops.sqltext;

import java.nio.charset.StandardCharsets;

/// Finds the place in a Java string of a byte of its UTF-8; asked in ascending order.
public final class Utf8Places {
    private final String text;
    private final boolean ascii;
    private int chars;
    private int bytes;

    public Utf8Places(String text) {
        this.text = text;
        this.ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    public int charAt(int place) {
        if (ascii) {
            return Math.min(place, text.length());
        }
        if (place < bytes) {
            chars = 0;
            bytes = 0;
        }
        while (bytes < place && chars < text.length()) {
            int point = text.codePointAt(chars);
            chars += Character.charCount(point);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        }
        return chars;
    }
}
