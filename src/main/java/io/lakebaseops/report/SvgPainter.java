package io.lakebaseops.report;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.css.style.CssContext;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.SVGDrawer;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.render.RenderingContext;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

/// Draws the SVG of a report on its pages as lines and areas, not as pixels.
final class SvgPainter implements SVGDrawer {
    private static final String NAMESPACE = "xmlns=\"http://www.w3.org/2000/svg\" ";

    /// Of the device, which measures in finer units than CSS.
    private record Image(SVGDocument drawing, double wide, double high, double perPixel)
            implements SVGImage {
        @Override
        public int getIntrinsicWidth() {
            return (int) Math.round(wide);
        }

        @Override
        public int getIntrinsicHeight() {
            return (int) Math.round(high);
        }

        @Override
        public void drawSVG(OutputDevice device, RenderingContext on, double x, double y) {
            device.drawWithGraphics(
                    (float) x,
                    (float) y,
                    (float) (wide / perPixel),
                    (float) (high / perPixel),
                    g ->
                            drawing.render(
                                    (java.awt.Component) null,
                                    g,
                                    new ViewBox(
                                            (float) (wide / perPixel), (float) (high / perPixel))));
        }
    }

    /// @param cssWidth of the style sheet; negative for none
    @Override
    public SVGImage buildSVGImage(
            Element svg, Box box, CssContext css, double cssWidth, double cssHeight, double dots) {
        var drawing =
                new SVGLoader()
                        .load(
                                new ByteArrayInputStream(
                                        text(svg).getBytes(StandardCharsets.UTF_8)),
                                null,
                                LoaderContext.createDefault());
        if (drawing == null) {
            throw new IllegalStateException("Not to be drawn: " + text(svg));
        }
        double own = Double.parseDouble(svg.getAttribute("width"));
        double ownHigh = Double.parseDouble(svg.getAttribute("height"));
        double wide = cssWidth > 0 ? cssWidth : own * dots;
        return new Image(drawing, wide, wide * ownHigh / own, dots);
    }

    private static String text(Element svg) {
        try {
            var to = new StringWriter();
            var writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(svg), new StreamResult(to));
            var text = to.toString();
            return text.contains("xmlns=") ? text : text.replaceFirst("<svg ", "<svg " + NAMESPACE);
        } catch (TransformerException e) {
            throw new IllegalStateException("An element that cannot be written", e);
        }
    }

    @Override
    public void importFontFaceRules(List<FontFaceRule> rules, SharedContext context) {
        // There is no text in our drawings.
    }

    @Override
    public void addFontFile(
            File file, String family, @Nullable Integer weight, @Nullable FontStyle style) {
        // There is no text in our drawings.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
