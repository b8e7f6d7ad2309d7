package io.lakebaseops.change.archival;

import java.util.ArrayList;
import java.util.List;

/// Places in a table (`ctid`) that cut it into parts of about as many rows each.
final class TablePlaces {
    private static final long ROWS_OF_BLOCK = 50;

    private TablePlaces() {}

    /// @param estimatedRows 0 when never analyzed
    /// @return the first place of each part, and the end
    static List<String> cut(long blocks, long estimatedRows, int rowsPerPart) {
        long rows = estimatedRows == 0 ? blocks * ROWS_OF_BLOCK : estimatedRows;
        long rowsOfBlock = blocks == 0 ? 1 : Math.max(1, rows / blocks);
        long blocksOfPart = Math.max(1, rowsPerPart / rowsOfBlock);
        var places = new ArrayList<String>();
        for (long block = 0; block < blocks; block += blocksOfPart) {
            places.add("(%d,0)".formatted(block));
            for (long row = rowsPerPart + 1L; row <= rowsOfBlock; row += rowsPerPart) {
                places.add("(%d,%d)".formatted(block, row));
            }
        }
        places.add("(%d,0)".formatted(blocks));
        return places;
    }
}
