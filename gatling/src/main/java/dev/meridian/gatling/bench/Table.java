package dev.meridian.gatling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small table in Markdown, so that what is printed can be kept as it is. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A number with so many places; a dash for one that nobody could tell. */
    static String number(double value, int places) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + places + "f", value);
    }

    /** All rows, their columns in line. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i));
            if (i == 0) {
                text.append("|");
                for (int column = 0; column < rows.get(0).size(); column++) {
                    text.append(" ").append("-".repeat(width(column))).append(" |");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        text.append("|");
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            text.append(" ")
                    .append(cell)
                    .append(" ".repeat(width(column) - cell.length()))
                    .append(" |");
        }
        text.append('\n');
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
