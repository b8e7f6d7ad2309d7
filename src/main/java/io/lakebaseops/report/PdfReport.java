package io.lakebaseops.report;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// Prints a report that was written as HTML to PDF. Nothing outside of the text is read but our own
/// fonts: each reference to another place is refused.
public final class PdfReport {
    private static final String SANS = "InterTabular";
    private static final String MONO = "JetBrains Mono";
    private static final int REGULAR = 400;
    private static final int SEMI_BOLD = 600;

    private PdfReport() {}

    /// @param html of [HtmlReport]
    public static void write(String html, OutputStream to) throws IOException {
        XRLog.setLoggingEnabled(false);
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.withProducer("LakebaseOps");
        // Tagged, for screen readers; and so no font of the machine is looked for.
        builder.usePdfUaAccessibility(true);
        builder.useFont(
                font("report/fonts/InterTabular-Regular.ttf"),
                SANS,
                REGULAR,
                FontStyle.NORMAL,
                true);
        builder.useFont(
                font("report/fonts/InterTabular-SemiBold.ttf"),
                SANS,
                SEMI_BOLD,
                FontStyle.NORMAL,
                true);
        builder.useFont(
                font("console/fonts/JetBrainsMono-Regular.ttf"),
                MONO,
                REGULAR,
                FontStyle.NORMAL,
                true);
        builder.useSVGDrawer(new SvgPainter());
        for (var when : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((_, _) -> false, when);
        }
        builder.withHtmlContent(html, null);
        builder.toStream(to);
        builder.run();
    }

    private static FSSupplier<InputStream> font(String name) {
        return () -> Objects.requireNonNull(PdfReport.class.getResourceAsStream("/" + name));
    }
}
