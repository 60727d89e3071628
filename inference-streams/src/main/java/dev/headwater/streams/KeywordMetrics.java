package dev.headwater.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;

/// Metrics of keyword events. The word is a label, since the network lists the words.
final class KeywordMetrics {

    private final Map<String, Counter> heard;
    final Counter abstained;
    final Timer classification;

    KeywordMetrics(Meters meters, List<String> words) {
        heard = meters.counters("headwater.keywords", "Words heard", "word", words.stream(), word -> word);
        abstained = meters.counter("headwater.keywords.abstained", "Clips too empty to be listened to");
        classification = meters.timer("headwater.classification", "Time to classify one clip");
    }

    void heard(String word) {
        Meters.count(heard, word);
    }
}
