package io.lakebaseops.twin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Gives files of the twin the length that the planner asks for, without content: sparse, in
/// segments of a gigabyte. Of a B-tree the planner also reads the height, from the metapage; it and
/// the way down to one empty leaf are written, so that an index of the twin can be searched as well
/// (the planner looks for the ends of a column there).
final class RelationFiles {
    static final int PAGE = 8192;
    private static final long SEGMENT = 1L << 30;

    // nbtree.h, bufpage.h, itup.h
    private static final int META = 24;
    private static final int ROOT = META + 8;
    private static final int SPECIAL = PAGE - 16;
    private static final int PAGE_VERSION = PAGE | 4;
    private static final int LEAF_FLAG = 1;
    private static final int ROOT_FLAG = 2;
    private static final int NORMAL_ITEM = 1;
    private static final int PIVOT = 0x2000;
    private static final int TUPLE = 8;

    /// Inner pages are filled to 70 %, when an index is built and when it grows at its end.
    private static final double INNER_FILL = 0.7;

    private RelationFiles() {}

    static void resize(Path file, long blocks) throws IOException {
        long left = blocks * PAGE;
        for (int segment = 0; ; segment++) {
            var part =
                    segment == 0 ? file : file.resolveSibling(file.getFileName() + "." + segment);
            if (segment > 0 && left == 0) {
                if (!Files.deleteIfExists(part)) {
                    return;
                }
                continue;
            }
            long length = Math.min(left, SEGMENT);
            try (var channel =
                    FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.SPARSE)) {
                if (channel.size() > length) {
                    channel.truncate(length);
                } else if (channel.size() < length) {
                    // One byte at the end makes the file that long; the rest stays a hole.
                    channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
                }
            }
            left -= length;
        }
    }

    /// @param height levels above the leaves, at least 1
    static void writeTree(Path index, int height) throws IOException {
        try (var channel =
                FileChannel.open(index, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var meta = page();
            if (channel.read(meta, 0) != PAGE) {
                throw new IOException("The index has no metapage: " + index);
            }
            meta.putInt(ROOT, 1).putInt(ROOT + 4, height).putInt(ROOT + 8, 1);
            meta.putInt(ROOT + 12, height);
            write(channel, meta, 0);
            var root = empty(height, ROOT_FLAG);
            // One line pointer, to a tuple that leads everything down to block 2.
            root.putShort(12, (short) (META + 4)).putShort(14, (short) (SPECIAL - TUPLE));
            root.putInt(META, SPECIAL - TUPLE | NORMAL_ITEM << 15 | TUPLE << 17);
            root.putShort(SPECIAL - TUPLE + 2, (short) 2);
            root.putShort(SPECIAL - TUPLE + 6, (short) (PIVOT | TUPLE));
            write(channel, root, 1);
            write(channel, empty(0, LEAF_FLAG), 2);
        }
    }

    private static ByteBuffer page() {
        return ByteBuffer.allocate(PAGE).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer empty(int level, int flags) {
        var page = page();
        page.putShort(12, (short) META).putShort(14, (short) SPECIAL);
        page.putShort(16, (short) SPECIAL).putShort(18, (short) PAGE_VERSION);
        page.putInt(SPECIAL + 8, level).putShort(SPECIAL + 12, (short) flags);
        return page;
    }

    private static void write(FileChannel channel, ByteBuffer page, int block) throws IOException {
        page.rewind();
        long at = (long) block * PAGE;
        while (page.hasRemaining()) {
            at += channel.write(page, at);
        }
    }

    /// Levels above the leaves of a B-tree of so many pages, from the width of its keys: the server
    /// tells the real one only to its own planner.
    static int height(long blocks, double keyBytes) {
        double pivot = Math.ceil((TUPLE + keyBytes) / 8) * 8 + 4;
        double fanout = Math.max(2, Math.floor(INNER_FILL * (PAGE - 48) / pivot));
        double pages = Math.max(1, blocks - 1);
        int height = 0;
        // Leaves are what is left of all pages without those above them.
        double level = Math.max(1, Math.floor(pages * (1 - 1 / fanout)));
        if (pages <= 1) {
            return 0;
        }
        while (level > 1) {
            level = Math.ceil(level / fanout);
            height++;
        }
        return Math.max(1, height);
    }
}
