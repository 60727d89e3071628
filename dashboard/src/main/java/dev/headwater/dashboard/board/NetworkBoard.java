package dev.headwater.dashboard.board;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.DeadLetterListing;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the topics of a network say: the state behind the page. Sensors have an index, their place in
/// [#sensors()], which stays until [#epoch()] changes. Not thread-safe.
public final class NetworkBoard implements AutoCloseable {

    private static final int MAX_EVENTS = 50;
    private static final int MAX_LETTERS = 10;
    private static final int SCALED_VALUES = 20_000;
    private static final int MAX_SOURCES = 64; // of sound, which come and go

    private final SensorNetwork network;
    private final SlotClock clock;
    private final Memory memory;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<SensorTrack> tracks = new ArrayList<>();
    private final ArrivalMeter meter = new ArrivalMeter();
    private final AccuracyMerge accuracy = new AccuracyMerge();
    private final ModelChanges changes = new ModelChanges();
    private final ModelShelf shelf;
    private final Deque<DriftEvent> drift = new ArrayDeque<>(); // newest first
    private final Deque<KeywordEvent> words = new ArrayDeque<>(); // newest first
    private final Map<String, Long> reasons = new TreeMap<>(); // dead letters
    private final Deque<DeadLetterListing.Row> letters = new ArrayDeque<>(); // newest first
    private final BitSet touched = new BitSet(); // sensors
    private final EnumSet<Topic> changed = EnumSet.noneOf(Topic.class);
    private long newest = Long.MIN_VALUE; // slot
    private int epoch;

    /// What a page shows beside the sensors.
    public enum Topic {
        ACCURACY,
        MODELS,
        DRIFT,
        DEAD_LETTERS,
        WORDS
    }

    public NetworkBoard(SensorNetwork network) {
        this.network = network;
        this.clock = network.clock();
        this.memory = Memory.of(network);
        this.shelf = new ModelShelf(network);
        network.sensors().forEach(sensor -> track(sensor.id()));
    }

    public SensorNetwork network() {
        return network;
    }

    /// @param values `[measure]`, NaN = missing
    /// @param nanos  when it arrived, of `System.nanoTime()`
    public void reading(String sensor, long time, float[] values, long nanos) {
        long slot = clock.slotOf(time);
        newest = Math.max(newest, slot);
        track(sensor).read(slot, values, nanos);
        meter.reading(nanos);
    }

    /// @param nanos when it arrived, of `System.nanoTime()`
    public void forecast(Forecast forecast, long nanos) {
        long slot = clock.slotOf(forecast.issuedAt());
        meter.forecast(nanos, track(forecast.sensor()).forecast(slot, forecast, nanos));
        if (changes.take(forecast)) {
            changed.add(Topic.MODELS);
        }
    }

    public void accuracy(AccuracyReport report) {
        accuracy.take(report);
        changed.add(Topic.ACCURACY);
    }

    public void drift(DriftEvent event) {
        push(drift, event, MAX_EVENTS);
        changed.add(Topic.DRIFT);
    }

    public void word(KeywordEvent event) {
        push(words, event, MAX_EVENTS);
        changed.add(Topic.WORDS);
    }

    public void deadLetter(DeadLetterListing.Row letter) {
        reasons.merge(letter.reason(), 1L, Long::sum);
        push(letters, letter, MAX_LETTERS);
        changed.add(Topic.DEAD_LETTERS);
    }

    /// A record of the models topic.
    ///
    /// @param value null for a deletion
    public void model(String key, long offset, byte @Nullable [] value) {
        if (shelf.take(key, offset, value)) {
            changed.add(Topic.MODELS);
        }
    }

    private static <T> void push(Deque<T> events, T event, int most) {
        events.addFirst(event);
        if (events.size() > most) {
            events.removeLast();
        }
    }

    private SensorTrack track(String sensor) {
        Integer known = index.get(sensor);
        if (known == null && isFull()) {
            forgetSilent();
        }
        int at = index.computeIfAbsent(sensor, absent -> {
            ids.add(absent);
            tracks.add(new SensorTrack(memory));
            return ids.size() - 1;
        });
        touched.set(at);
        return tracks.get(at);
    }

    private boolean isFull() {
        return ids.size() >= (network.forgetsSilent() ? MAX_SOURCES : network.maxSensors());
    }

    /// Drops the half of the sensors that has been silent the longest; the others get new indices.
    private void forgetSilent() {
        List<Integer> kept = IntStream.range(0, ids.size())
                .boxed()
                .sorted((a, b) ->
                        Long.compare(tracks.get(b).newestSlot(), tracks.get(a).newestSlot()))
                .limit(ids.size() / 2)
                .toList();
        List<String> names = kept.stream().map(ids::get).toList();
        List<SensorTrack> remembered = kept.stream().map(tracks::get).toList();
        ids.clear();
        tracks.clear();
        index.clear();
        touched.clear();
        for (String name : names) {
            index.put(name, ids.size());
            ids.add(name);
        }
        tracks.addAll(remembered);
        epoch++;
    }

    /// Forgets the latencies measured so far: those of a backlog say nothing.
    public void beginLive() {
        meter.forgetLatencies();
    }

    /// The sensors that have changed since the last call, by index.
    public BitSet takeTouched() {
        BitSet taken = (BitSet) touched.clone();
        touched.clear();
        return taken;
    }

    /// What else has changed since the last call.
    public Set<Topic> takeChanged() {
        EnumSet<Topic> taken = EnumSet.copyOf(changed);
        changed.clear();
        return taken;
    }

    /// Number of times that indices were given anew.
    public int epoch() {
        return epoch;
    }

    /// Slots that are remembered of each sensor.
    public int slots() {
        return memory.slots();
    }

    /// What is kept of a sensor, in bytes.
    public int bytesPerSensor() {
        return memory.bytes();
    }

    /// Ids by index.
    public List<String> sensors() {
        return ids;
    }

    /// Whether a sensor is known.
    public boolean knows(String sensor) {
        return index.containsKey(sensor);
    }

    Memory memory() {
        return memory;
    }

    SensorTrack at(int sensor) {
        return tracks.get(sensor);
    }

    /// @return null for an unknown sensor
    @Nullable
    SensorTrack of(String sensor) {
        Integer at = index.get(sensor);
        return at == null ? null : tracks.get(at);
    }

    /// The network's clock; [SensorNetwork#clock()] makes a new one.
    SlotClock clock() {
        return clock;
    }

    /// The newest slot; `Long.MIN_VALUE` before the first reading.
    long newestSlot() {
        return newest;
    }

    ArrivalMeter meter() {
        return meter;
    }

    ModelChanges changes() {
        return changes;
    }

    ModelShelf shelf() {
        return shelf;
    }

    Deque<DriftEvent> drift() {
        return drift;
    }

    Deque<KeywordEvent> words() {
        return words;
    }

    Map<String, Long> reasons() {
        return reasons;
    }

    Deque<DeadLetterListing.Row> letters() {
        return letters;
    }

    /// A model card as Markdown; empty when the model is not on the models topic.
    public Optional<String> card(String artefact) {
        return shelf.card(artefact);
    }

    /// A range for colours and axes, of some thousand of the remembered values; empty before the first reading.
    public Optional<ValueScale> scale() {
        int sensors = tracks.size();
        int every = Math.max(1, sensors * memory.slots() / SCALED_VALUES);
        float[] values = new float[sensors * memory.slots() / every + 1];
        int count = 0;
        for (int i = 0; i < sensors * memory.slots(); i += every) {
            float value = tracks.get(i % sensors).target(newest - i / sensors);
            if (!Float.isNaN(value)) {
                values[count++] = value;
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(ValueScale.of(Arrays.copyOf(values, count)));
    }

    /// The figures of all partitions put together as JSON, in the form of the accuracy topic; null before the first.
    byte @Nullable [] accuracy() {
        return accuracy.time()
                .map(time -> new AccuracyCodec().encode(new AccuracyReport(network.name(), 0, time, accuracy.models())))
                .orElse(null);
    }

    @Override
    public void close() {
        shelf.close();
    }
}
