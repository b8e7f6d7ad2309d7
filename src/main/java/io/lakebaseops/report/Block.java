package io.lakebaseops.report;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A part of a section.
public sealed interface Block {

    /// A line over what follows.
    record Heading(String title) implements Block {}

    /// Figures side by side.
    record Figures(List<Figure> figures) implements Block {
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /// @param label what the figure is
    /// @param how it comes about: formula, source, number of cases
    /// @param estimated not measured: the word stands beside it
    record Figure(String value, String label, String how, boolean estimated, Tone tone) {
        public static Figure measured(String value, String label, String how) {
            return new Figure(value, label, how, false, Tone.PLAIN);
        }
    }

    /// @param title empty for none
    /// @param more how many rows are not listed
    /// @param empty what is said instead of a table without rows
    record Table(String title, List<Column> columns, List<List<Cell>> rows, long more, String empty)
            implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (var row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("A row of another width in " + title);
                }
            }
        }

        /// The first rows of all there are.
        public static Table of(
                String title, List<Column> columns, List<List<Cell>> rows, String empty) {
            return new Table(title, columns, rows, 0, empty);
        }

        public Table more(long next) {
            return new Table(title, columns, rows, Math.max(0, next), empty);
        }
    }

    /// @param percent of the table's width; 0 for what its content takes
    /// @param number set to the right
    record Column(String title, int percent, boolean number) {
        public static Column text(String title) {
            return new Column(title, 0, false);
        }

        public static Column text(String title, int percent) {
            return new Column(title, percent, false);
        }

        public static Column number(String title) {
            return new Column(title, 0, true);
        }

        public static Column number(String title, int percent) {
            return new Column(title, percent, true);
        }
    }

    /// Charts two by two.
    record Charts(List<Chart> charts) implements Block {
        public Charts {
            charts = List.copyOf(charts);
        }
    }

    /// A sentence of its own.
    record Note(Tone tone, String text) implements Block {}

    /// Names with what they stand for, one a line.
    record Facts(String title, List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    record Fact(String name, Cell value) {
        public static Fact of(String name, @Nullable String value, String without) {
            return new Fact(name, value == null ? Cell.none(without) : Cell.of(value));
        }
    }

    /// Text read letter by letter, such as statements, under a heading.
    record Listing(String title, String text) implements Block {}
}
