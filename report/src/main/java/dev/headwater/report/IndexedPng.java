package dev.headwater.report;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Writes PNG files, with few colours where that is asked for.
final class IndexedPng {

    private static final int MAX_COLOURS = 48;
    private static final int OPAQUE = 0xFF000000;
    private static final int SIXTEEN = 16; // colours that four bits can tell apart

    private IndexedPng() {}

    /// Reduces a picture to at most 48 colours; transparency is dropped.
    ///
    /// @throws IllegalArgumentException when the bytes are no picture
    static byte[] of(byte[] png) {
        BufferedImage image = decoded(png);
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel | OPAQUE, 1, Integer::sum);
        }
        List<ColourBox> boxes = ColourBox.split(counts, MAX_COLOURS);
        BufferedImage indexed =
                new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(boxes));
        Map<Integer, Integer> indexes = indexes(boxes);
        for (int i = 0; i < pixels.length; i++) {
            indexed.getRaster().setSample(i % width, i / width, 0, requireNonNull(indexes.get(pixels[i] | OPAQUE)));
        }
        return encoded(indexed);
    }

    private static BufferedImage decoded(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            if (image == null) {
                throw new IllegalArgumentException("png must be a picture");
            }
            return image;
        } catch (IOException e) {
            throw new IllegalArgumentException("png must be a picture: " + e.getMessage(), e);
        }
    }

    private static IndexColorModel model(List<ColourBox> boxes) {
        int[] palette = boxes.stream().mapToInt(ColourBox::mostFrequent).toArray();
        int bits = palette.length <= SIXTEEN ? 4 : 8;
        return new IndexColorModel(bits, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static Map<Integer, Integer> indexes(List<ColourBox> boxes) {
        Map<Integer, Integer> indexes = new HashMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            for (int colour : boxes.get(i).counts().keySet()) {
                indexes.put(colour, i);
            }
        }
        return indexes;
    }

    /// Compresses as well as PNG can.
    static byte[] encoded(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam best = writer.getDefaultWriteParam();
        best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        best.setCompressionQuality(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), best);
        } catch (IOException e) {
            throw new IllegalStateException("a picture cannot be written", e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
