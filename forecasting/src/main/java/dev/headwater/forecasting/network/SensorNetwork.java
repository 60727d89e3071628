package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A stream of sensors that all report the same measures at the same interval: the single definition that
/// trainer, stream, page and tests share.
///
/// @param name     lower-case name, part of every topic
/// @param domain   kind of the readings, first part of every topic (`traffic`, `weather`)
/// @param title    one line for display
/// @param interval time between two readings of one sensor
/// @param zone     time zone for the time of day and the day of week, and for time stamps without a zone
/// @param measures what each sensor reports, in the order of the values of a reading
/// @param target   the measure that is forecast
/// @param window   lookback and horizon, and how they are sampled
/// @param gap      handling of empty slots
/// @param sensors  known sensors and their places; may be empty: any sensor that reports is served
/// @param unknownSensors whether a sensor that is not listed is served; by default it is
/// @param maxSensors most sensors that one instance of the stream keeps in memory, so that a flood of invented
///     ids cannot fill it; 100,000 by default
/// @param features inputs of a model beyond the measures; the time of day by default
/// @param split    shares of a history for training, validation and test; 70 / 10 / 20 by default
/// @param training settings of the trainer that differ from its own defaults, by name; none by default
/// @param audio    description of the sound if readings are sound frames; null otherwise
/// @param stampZone time zone of time stamps without an offset in this network's files; null where it equals
///     `zone`
/// @param licence  licence of the readings, for the card of a model trained on them; null when not stated
public record SensorNetwork(
        String name,
        String domain,
        String title,
        Duration interval,
        ZoneId zone,
        List<Measure> measures,
        String target,
        WindowSpec window,
        GapPolicy gap,
        List<Sensor> sensors,
        UnknownSensors unknownSensors,
        Integer maxSensors,
        FeatureSpec features,
        SplitSpec split,
        Map<String, String> training,
        @Nullable AudioSpec audio,
        @Nullable ZoneId stampZone,
        @Nullable String licence) {

    /// Default limit of the sensors that an instance keeps in memory: some 50 MB of windows, or
    /// 600 MB with moving profiles.
    public static final int DEFAULT_MAX_SENSORS = 100_000;

    private static final String NAME_RULE = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    public SensorNetwork {
        requireName("name", name);
        requireName("domain", domain);
        title = title == null ? name : title;
        if (interval == null || interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw invalid(
                    name, "interval", "a duration from " + SHORTEST + " to " + LONGEST + ", such as PT5M", interval);
        }
        if (zone == null) {
            throw invalid(name, "zone", "a zone such as Europe/Berlin", null);
        }
        if (measures == null || measures.isEmpty()) {
            throw invalid(name, "measures", "at least one measure", measures);
        }
        measures = distinct(name, "measures", measures, Measure::name);
        target = target == null ? measures.getFirst().name() : target;
        if (indexOf(measures, target) < 0) {
            throw invalid(
                    name,
                    "target",
                    "one of the measures "
                            + measures.stream().map(Measure::name).toList(),
                    target);
        }
        window = window == null ? new WindowSpec(12, 12) : window;
        gap = gap == null ? GapPolicy.DEFAULT : gap;
        sensors = sensors == null ? List.of() : distinct(name, "sensors", sensors, Sensor::id);
        unknownSensors = unknownSensors == null ? UnknownSensors.ACCEPT : unknownSensors;
        if (unknownSensors == UnknownSensors.REJECT && sensors.isEmpty()) {
            throw invalid(name, "unknownSensors", "accept where no sensors are listed", "reject");
        }
        maxSensors = maxSensors == null ? DEFAULT_MAX_SENSORS : maxSensors;
        if (maxSensors < Math.max(1, sensors.size())) {
            throw invalid(name, "maxSensors", "at least 1 and the number of listed sensors", maxSensors);
        }
        features = features == null ? FeatureSpec.DEFAULT : features;
        requireVectors(name, measures, features);
        long day = new SlotClock(interval, zone).slotsPerDay();
        if (features.dailyCycle() && (day < 2 || window.span() <= day)) {
            throw invalid(name, "features.dailyCycle", "false for a window of less than a day and a slot", true);
        }
        split = split == null ? SplitSpec.DEFAULT : split;
        training = training == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(training)); // in order
        if (audio != null) {
            audio.requireFrame(name, interval);
        }
    }

    private static void requireVectors(String name, List<Measure> measures, FeatureSpec features) {
        for (PolarVector vector : features.vectors()) {
            for (String part : List.of(vector.speed(), vector.direction())) {
                if (indexOf(measures, part) < 0) {
                    throw invalid(
                            name,
                            "features.vectors",
                            "pairs of the measures "
                                    + measures.stream().map(Measure::name).toList(),
                            part);
                }
            }
        }
    }

    private static <T> List<T> distinct(String name, String key, List<T> entries, Function<T, String> id) {
        if (entries.stream().anyMatch(Objects::isNull)) {
            throw invalid(name, key, "a list without empty entries", entries);
        }
        List<String> ids = entries.stream().map(id).toList();
        if (new HashSet<>(ids).size() < ids.size()) {
            throw invalid(name, key, "distinct", ids);
        }
        return List.copyOf(entries);
    }

    private static void requireName(String key, @Nullable String value) {
        if (value == null || !value.matches(NAME_RULE)) {
            throw invalid(String.valueOf(value), key, "lower-case letters, digits and hyphens", value);
        }
    }

    private static InvalidInputException invalid(String name, String key, String rule, @Nullable Object found) {
        return new InvalidInputException(
                "network " + name + ": " + key + " must be " + rule + ", found " + (found == null ? "none" : found));
    }

    private static int indexOf(List<Measure> measures, String name) {
        for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a model trained on one of the two networks can serve the other: same interval, window, measures,
    /// target, features and sound.
    public boolean isComputedLike(SensorNetwork other) {
        return interval.equals(other.interval)
                && window.equals(other.window)
                && target.equals(other.target)
                && features.isLike(other.features)
                && Objects.equals(audio, other.audio)
                && measures.size() == other.measures.size()
                && IntStream.range(0, measures.size())
                        .allMatch(m -> measures.get(m).isSameQuantityAs(other.measures.get(m)));
    }

    /// The same network with other known sensors. What is known of them does not change what a model
    /// computes (see [#isComputedLike]).
    ///
    /// @throws InvalidInputException when two have the same id, when they are more than `maxSensors`, or
    ///     when there is none and unknown ones are rejected
    public SensorNetwork withSensors(List<Sensor> other) {
        return new SensorNetwork(
                name,
                domain,
                title,
                interval,
                zone,
                measures,
                target,
                window,
                gap,
                other,
                unknownSensors,
                maxSensors,
                features,
                split,
                training,
                audio,
                stampZone,
                licence);
    }

    /// Description of the sound if readings are sound frames.
    public Optional<AudioSpec> sound() {
        return Optional.ofNullable(audio);
    }

    /// Whether sensors come and go, so that one that was silent for long is forgotten: true for sources of sound.
    public boolean forgetsSilent() {
        return audio != null;
    }

    /// The training settings that belong to the forecaster. An audio network also has those of the keyword
    /// classifier, whose names begin with [AudioSpec#KEYWORD_PREFIX]; in other networks all settings are the
    /// forecaster's.
    ///
    /// @param settings values by name
    public Map<String, String> forecasterSettings(Map<String, String> settings) {
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.keySet().removeIf(key -> audio != null && key.startsWith(AudioSpec.KEYWORD_PREFIX));
        return own;
    }

    /// Index of the target among the measures.
    @JsonIgnore
    public int targetIndex() {
        return indexOf(measures, target);
    }

    /// Index of a measure by its name; negative when there is none.
    public int measureIndex(String measure) {
        return indexOf(measures, measure);
    }

    @JsonIgnore
    public Measure targetMeasure() {
        return measures.get(targetIndex());
    }

    /// A clock for this network's interval and zone.
    public SlotClock clock() {
        return new SlotClock(interval, zone);
    }

    /// Lead time of a step (from 1), in minutes.
    public double minutes(int step) {
        return window.lead(step) * interval.toMillis() / 60_000.0;
    }
}
