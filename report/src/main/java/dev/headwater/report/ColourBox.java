package dev.headwater.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Similar colours that become one: a box of colours, halved as in Heckbert, "Color image quantization for frame buffer
/// display", 1982, but in the middle of its range, so that rare colours of lines get boxes of their own.
///
/// @param counts pixels of each colour
/// @param weight how much the box gains by a split, 0 for a box of one colour
record ColourBox(Map<Integer, Integer> counts, double weight) {

    private static final int CHANNELS = 3;

    /// The square root keeps a line's few pixels from losing against the background's many.
    private static ColourBox of(Map<Integer, Integer> counts) {
        ColourBox box = new ColourBox(counts, 0);
        int pixels = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new ColourBox(counts, box.spread(box.widestChannel()) * Math.sqrt(pixels));
    }

    /// Splits colours into at most `most` boxes; always the box that spreads most over most pixels.
    static List<ColourBox> split(Map<Integer, Integer> counts, int most) {
        List<ColourBox> boxes = new ArrayList<>(List.of(ColourBox.of(counts)));
        while (boxes.size() < Math.min(most, counts.size())) {
            ColourBox widest = boxes.stream()
                    .max(Comparator.comparingDouble(ColourBox::weight))
                    .orElseThrow();
            boxes.remove(widest);
            boxes.addAll(widest.halves());
        }
        return boxes;
    }

    /// The colour that stands for all: it keeps white white and a line's colour pure, as a mean would not.
    int mostFrequent() {
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }

    private List<ColourBox> halves() {
        int channel = widestChannel();
        int middle = (highest(channel) + lowest(channel)) / 2;
        Map<Integer, Integer> low = new HashMap<>();
        Map<Integer, Integer> high = new HashMap<>();
        counts.forEach((colour, count) -> (value(colour, channel) <= middle ? low : high).put(colour, count));
        return List.of(ColourBox.of(low), ColourBox.of(high));
    }

    private int widestChannel() {
        return IntStream.range(0, CHANNELS)
                .boxed()
                .max(Comparator.comparingInt(this::spread))
                .orElseThrow();
    }

    private int spread(int channel) {
        return highest(channel) - lowest(channel);
    }

    private int highest(int channel) {
        return counts.keySet().stream()
                .mapToInt(colour -> value(colour, channel))
                .max()
                .orElseThrow();
    }

    private int lowest(int channel) {
        return counts.keySet().stream()
                .mapToInt(colour -> value(colour, channel))
                .min()
                .orElseThrow();
    }

    private static int value(int colour, int channel) {
        return colour >> 8 * channel & 0xFF;
    }
}
