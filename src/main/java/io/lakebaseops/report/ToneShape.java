package io.lakebaseops.report;

/// The colour of a tone and its shape, by which it is told apart without colours.
final class ToneShape {
    private ToneShape() {}

    static String color(Tone tone) {
        return switch (tone) {
            case OK -> "#17702f";
            case INFO -> "#0b5cc2";
            case WARNING -> "#875700";
            case CRITICAL -> "#c02029";
            case SIMULATED -> "#6b3fc4";
            case UNAVAILABLE, PLAIN -> "#56616d";
        };
    }

    /// Sixteen by sixteen.
    static void draw(HtmlWriter out, Tone tone) {
        var color = color(tone);
        switch (tone) {
            case OK -> {
                ring(out, color);
                stroke(out, "M5 8.2L7.2 10.4L11 6", color);
            }
            case INFO -> {
                ring(out, color);
                stroke(out, "M8 7.4L8 11.2M8 4.7L8 5.3", color);
            }
            case WARNING -> {
                stroke(out, "M8 2L14.6 13.6L1.4 13.6Z", color);
                stroke(out, "M8 6.4L8 9.6M8 11.2L8 11.8", color);
            }
            case CRITICAL -> {
                stroke(
                        out,
                        "M5.2 1.4L10.8 1.4L14.6 5.2L14.6 10.8L10.8 14.6L5.2 14.6L1.4 10.8L1.4 5.2Z",
                        color);
                stroke(out, "M8 4.4L8 8.6M8 11L8 11.6", color);
            }
            case SIMULATED ->
                    stroke(out, "M2 2L14 2L14 14L2 14ZM2 8L8 2M2 14L14 2M8 14L14 8", color);
            case UNAVAILABLE, PLAIN -> {
                ring(out, color);
                stroke(out, "M5 8L11 8", color);
            }
        }
    }

    private static void ring(HtmlWriter out, String color) {
        out.empty(
                "circle",
                "cx",
                "8",
                "cy",
                "8",
                "r",
                "6.5",
                "fill",
                "none",
                "stroke",
                color,
                "stroke-width",
                "1.5");
    }

    private static void stroke(HtmlWriter out, String path, String color) {
        out.empty(
                "path",
                "d",
                path,
                "fill",
                "none",
                "stroke",
                color,
                "stroke-width",
                "1.5",
                "stroke-linecap",
                "round",
                "stroke-linejoin",
                "round");
    }
}
