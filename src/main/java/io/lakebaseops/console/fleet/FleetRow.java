package io.lakebaseops.console.fleet;

import java.util.List;

/// One line of the list of cards.
sealed interface FleetRow {
    /// @param counts in words, by state
    /// @param asleep its cards that are asleep; they take no line of their own
    record Header(
            String group, String size, List<Part> counts, List<ServerCard> asleep, boolean folded)
            implements FleetRow {
        public Header {
            counts = List.copyOf(counts);
            asleep = List.copyOf(asleep);
        }

        /// `2 warning`, in the state's colour.
        record Part(FleetState state, String words) {}
    }

    /// As many cards as stand beside each other.
    record Cards(List<ServerCard> cards) implements FleetRow {
        public Cards {
            cards = List.copyOf(cards);
        }
    }

    /// Many of one type that are well, in one line.
    ///
    /// @param key what opening it remembers
    /// @param words `ci: 60 of 61 are ok`
    record Folded(String key, String words, boolean open) implements FleetRow {}
}
