package dev.headwater.cli;

import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.PastPolicy;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.sensors.SensorOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads one of several words.
abstract class WordConverter<T> implements ITypeConverter<T> {

    /// Reads `at-least-once` or `exactly-once`.
    static final class OfGuarantee extends WordConverter<Guarantee> {
        OfGuarantee() {
            super(Guarantee.values(), Guarantee::word);
        }
    }

    /// Reads `train`, `validation` or `test`.
    static final class OfPart extends WordConverter<ChronologicalSplit.Part> {
        OfPart() {
            super(ChronologicalSplit.Part.values(), ChronologicalSplit.Part::label);
        }
    }

    /// Reads `speaker` or `random`.
    static final class OfClipSplit extends WordConverter<ClipSplit.By> {
        OfClipSplit() {
            super(ClipSplit.By.values(), ClipSplit.By::label);
        }
    }

    /// Reads `memory` or `rocksdb`.
    static final class OfPlace extends WordConverter<StatePolicy.Place> {
        OfPlace() {
            super(StatePolicy.Place.values(), StatePolicy.Place::word);
        }
    }

    /// Reads `issue` or `warm`.
    static final class OfPast extends WordConverter<PastPolicy> {
        OfPast() {
            super(PastPolicy.values(), PastPolicy::word);
        }
    }

    /// Reads `id`, `silent`, `error` or `worst`.
    static final class OfSensorOrder extends WordConverter<SensorOrder> {
        OfSensorOrder() {
            super(SensorOrder.values(), SensorOrder::word);
        }
    }

    private final Map<String, T> values = new LinkedHashMap<>(); // by word

    private WordConverter(T[] all, Function<T, String> word) {
        Arrays.stream(all).forEach(value -> values.put(word.apply(value), value));
    }

    @Override
    public T convert(String word) {
        T value = values.get(word);
        if (value == null) {
            String words = String.join(", ", values.keySet()).replaceFirst(", (?!.*, )", " or ");
            throw new TypeConversionException("must be " + words + ", found '" + word + "'");
        }
        return value;
    }
}
