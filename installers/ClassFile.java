import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a compiled class: the names it speaks of, and its bytes without the tables of local
/// variables, which only a debugger reads.
///
/// The layout is that of chapter 4 of the Java Virtual Machine Specification. Lines of the source,
/// which every trace of an error shows, are kept.
final class ClassFile {
    private static final Set<String> FOR_DEBUGGERS =
            Set.of("LocalVariableTable", "LocalVariableTypeTable");

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_$][\\w$-]*(?:[/.][\\w$-]+)+");

    private final byte[] bytes;
    private final String[] texts;
    private final int afterConstants;
    private int at;

    ClassFile(byte[] bytes) {
        this.bytes = bytes;
        at = 8;
        texts = new String[u2()];
        for (int i = 1; i < texts.length; i++) {
            int tag = bytes[at++];
            switch (tag) {
                case 1 -> {
                    int length = u2();
                    texts[i] = new String(bytes, at, length, StandardCharsets.UTF_8);
                    at += length;
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 4;
                case 5, 6 -> {
                    at += 8;
                    i++;
                }
                case 7, 8, 16, 19, 20 -> at += 2;
                case 15 -> at += 3;
                default -> throw new IllegalArgumentException("Constant of an unknown kind " + tag);
            }
        }
        afterConstants = at;
    }

    /// All that could be the name of a class, with slashes: in types, descriptors and texts.
    Set<String> names() {
        var names = new HashSet<String>();
        for (var text : texts) {
            if (text != null) {
                names(text, names);
            }
        }
        return names;
    }

    static void names(String text, Set<String> into) {
        var words = NAME.matcher(text);
        while (words.find()) {
            var word = words.group().replace('.', '/');
            into.add(word);
            // In a descriptor a type begins with an L, and types stand without a gap.
            for (int i = 0; i < word.length() && "BCDFIJSZVL".indexOf(word.charAt(i)) >= 0; i++) {
                into.add(word.substring(i + 1));
            }
        }
    }

    byte[] withoutLocalVariables() {
        var out = new ByteArrayOutputStream(bytes.length);
        at = afterConstants + 6;
        int interfaces = u2();
        at += 2 * interfaces;
        copy(0, out);
        for (int members = 0; members < 2; members++) {
            int from = at;
            int count = u2();
            copy(from, out);
            for (int i = 0; i < count; i++) {
                from = at;
                at += 6;
                copy(from, out);
                attributes(out);
            }
        }
        attributes(out);
        return out.toByteArray();
    }

    private void attributes(ByteArrayOutputStream out) {
        int count = u2();
        int kept = 0;
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            int from = at;
            var name = texts[u2()];
            int length = u4();
            int end = at + length;
            if (!FOR_DEBUGGERS.contains(name)) {
                kept++;
                if (name.equals("Code")) {
                    var code = code();
                    body.write(bytes, from, 2);
                    write4(code.length, body);
                    body.writeBytes(code);
                } else {
                    body.write(bytes, from, end - from);
                }
            }
            at = end;
        }
        out.write(kept >>> 8);
        out.write(kept);
        out.writeBytes(body.toByteArray());
    }

    private byte[] code() {
        var out = new ByteArrayOutputStream();
        int from = at;
        at += 4;
        int length = u4();
        at += length;
        int handlers = u2();
        at += 8 * handlers;
        copy(from, out);
        attributes(out);
        return out.toByteArray();
    }

    private void copy(int from, ByteArrayOutputStream out) {
        out.write(bytes, from, at - from);
    }

    private static void write4(int value, ByteArrayOutputStream out) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
    }

    private int u2() {
        int value = (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
        at += 2;
        return value;
    }

    private int u4() {
        return u2() << 16 | u2();
    }
}
