import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/// Draws the program's icon, a database, in the formats that the platforms want.
final class Icons {
    private Icons() {}

    static void write(Path dir) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Files.createDirectories(dir);
        Files.write(dir.resolve("lakebaseops.png"), png(256));
        Files.write(dir.resolve("lakebaseops.ico"), ico());
        Files.write(dir.resolve("lakebaseops.icns"), icns());
    }

    private static byte[] png(int size) throws IOException {
        var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        var g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 256.0, size / 256.0);
        g.setColor(new Color(0x0d1117));
        g.fill(new RoundRectangle2D.Double(8, 8, 240, 240, 56, 56));
        g.setColor(new Color(0x58a6ff));
        g.setStroke(new BasicStroke(15, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Ellipse2D.Double(64, 50, 128, 46));
        g.draw(new Line2D.Double(64, 73, 64, 183));
        g.draw(new Line2D.Double(192, 73, 192, 183));
        g.draw(new Arc2D.Double(64, 105, 128, 46, 180, 180, Arc2D.OPEN));
        g.draw(new Arc2D.Double(64, 160, 128, 46, 180, 180, Arc2D.OPEN));
        g.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /// One directory of PNG pictures, as Windows reads it since Vista.
    private static byte[] ico() throws IOException {
        int[] sizes = {16, 24, 32, 48, 64, 256};
        var pictures = new LinkedHashMap<Integer, byte[]>();
        for (int size : sizes) {
            pictures.put(size, png(size));
        }
        int at = 6 + 16 * sizes.length;
        var buffer =
                ByteBuffer.allocate(
                                at + pictures.values().stream().mapToInt(p -> p.length).sum())
                        .order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort((short) 0).putShort((short) 1).putShort((short) sizes.length);
        for (var picture : pictures.entrySet()) {
            // A side of 256 is written as 0.
            byte side = (byte) (picture.getKey() == 256 ? 0 : picture.getKey());
            buffer.put(side).put(side).put((byte) 0).put((byte) 0);
            buffer.putShort((short) 1).putShort((short) 32);
            buffer.putInt(picture.getValue().length).putInt(at);
            at += picture.getValue().length;
        }
        pictures.values().forEach(buffer::put);
        return buffer.array();
    }

    private static byte[] icns() throws IOException {
        var types = Map.of("ic07", 128, "ic08", 256, "ic09", 512, "ic10", 1024);
        var body = new ByteArrayOutputStream();
        var out = new DataOutputStream(body);
        for (var type : types.entrySet()) {
            var picture = png(type.getValue());
            out.write(type.getKey().getBytes(StandardCharsets.US_ASCII));
            out.writeInt(picture.length + 8);
            out.write(picture);
        }
        var file = new ByteArrayOutputStream();
        var head = new DataOutputStream(file);
        head.write("icns".getBytes(StandardCharsets.US_ASCII));
        head.writeInt(body.size() + 8);
        head.write(body.toByteArray());
        return file.toByteArray();
    }
}
