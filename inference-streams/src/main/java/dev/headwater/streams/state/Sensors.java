package dev.headwater.streams.state;

import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.SensorWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The states of a task's sensors, and which of them have changed since they were stored. Not thread-safe.
public final class Sensors {

    private final SensorLayout layout;
    private final Map<String, SensorBytes> all = new HashMap<>();
    private final Set<String> unreadableWindows = new HashSet<>();
    private final Set<String> unreadableSeasonal = new HashSet<>();
    private final List<SensorBytes> touched = new ArrayList<>();
    private final List<SensorBytes> removed = new ArrayList<>();
    private final Set<String> unreadableTruth = new HashSet<>();
    private final List<SensorBytes> withoutSeasonal = new ArrayList<>(); // it could not be read
    private final List<SensorBytes> withoutTruth = new ArrayList<>(); // the same
    private final SensorWindow written; // a view
    private final @Nullable PendingForecasts writtenTruth; // the same
    private long heapBytes;

    /// Sensors whose state was stored by a newer version, or for other readings.
    ///
    /// @param windows  sensors that are removed
    /// @param seasonal sensors that lost their seasonal state
    /// @param truth    sensors that lost their pending forecasts and scores
    public record Unreadable(Set<String> windows, Set<String> seasonal, Set<String> truth) {}

    /// Gets the changes to store.
    interface Changes {

        /// @param value null for a part that is gone
        void put(byte[] key, byte @Nullable [] value);
    }

    Sensors(SensorLayout layout) {
        this.layout = layout;
        this.written = new SensorWindow(layout.window());
        this.writtenTruth = layout.truthView();
    }

    SensorLayout layout() {
        return layout;
    }

    /// A new view for [#find] and [#create].
    public SensorState view() {
        return new SensorState(this);
    }

    /// Points a view at a sensor.
    ///
    /// @return the view; null when the sensor is unknown
    public @Nullable SensorState find(String sensor, SensorState view) {
        SensorBytes found = all.get(sensor);
        return found == null ? null : view.on(found);
    }

    /// Creates the state of a new sensor, and points a view at it.
    public SensorState create(String sensor, SensorState view) {
        SensorBytes state = new SensorBytes(sensor, SensorState.emptyWindow(layout));
        all.put(sensor, state);
        count(state);
        return view.on(state);
    }

    /// Notes that a state has changed.
    void touch(SensorBytes state) {
        if (!state.touched) {
            state.touched = true;
            touched.add(state);
        }
        count(state);
    }

    private void count(SensorBytes state) {
        int now = state.heapBytes();
        heapBytes += now - state.counted;
        state.counted = now;
    }

    public void remove(String sensor) {
        SensorBytes state = all.remove(sensor);
        if (state != null) {
            forget(state);
        }
    }

    /// Removes the sensors for which the condition holds.
    public void removeIf(Predicate<SensorState> condition) {
        SensorState view = view();
        for (Iterator<SensorBytes> each = all.values().iterator(); each.hasNext(); ) {
            SensorBytes state = each.next();
            if (condition.test(view.on(state))) {
                each.remove();
                forget(state);
            }
        }
    }

    private void forget(SensorBytes state) {
        heapBytes -= state.counted;
        state.touched = false;
        removed.add(state);
    }

    /// Passes on the states of all sensors, through one view.
    public void forEach(Consumer<SensorState> action) {
        SensorState view = view();
        all.values().forEach(state -> action.accept(view.on(state)));
    }

    public int size() {
        return all.size();
    }

    /// Estimated heap that one sensor takes at most, for an id of average length.
    public int maxBytes() {
        return layout.maxHeapBytes();
    }

    /// Estimated heap that the states take.
    public long heapBytes() {
        return heapBytes;
    }

    /// Takes in what was stored, in any order.
    ///
    /// @param value null for a part that was removed
    void restore(byte[] key, byte @Nullable [] value) {
        String sensor = StoredParts.sensor(key);
        int part = StoredParts.part(key);
        if (StoredParts.isSeasonal(part) && layout.seasonalParts() == 0) {
            return; // of a time when the network read seasonal states
        }
        if (StoredParts.isTruth(part) && layout.truthParts() == 0) {
            return; // of a time when forecasts were compared
        }
        SensorBytes before = all.get(sensor);
        if (value == null) {
            restoreRemoval(sensor, part, before);
            return;
        }
        SensorBytes state = StoredParts.restore(layout, before, sensor, part, value);
        if (state == null) {
            unreadable(part).add(sensor);
        } else if (before == null) {
            all.put(sensor, state);
        }
    }

    private Set<String> unreadable(int part) {
        if (StoredParts.isTruth(part)) {
            return unreadableTruth;
        }
        return StoredParts.isSeasonal(part) ? unreadableSeasonal : unreadableWindows;
    }

    private void restoreRemoval(String sensor, int part, @Nullable SensorBytes before) {
        if (part == StoredParts.WINDOW) {
            unreadableWindows.remove(sensor);
            unreadableSeasonal.remove(sensor);
            unreadableTruth.remove(sensor);
            all.remove(sensor);
        } else if (StoredParts.isSeasonal(part) && before != null) {
            before.seasonal = null;
        } else if (StoredParts.isTruth(part) && before != null) {
            before.truth = null;
            before.scores = null;
        }
    }

    /// Takes over the sensors that an older version stored, unless they are known. Call it before [#begin].
    public void takeOver(List<OldStore> old) {
        unreadableWindows.addAll(OldStates.of(layout, old).takeOver(this));
    }

    /// Prepares restored states for a processor. Removes those that cannot be read, and those of which a
    /// crash left no window.
    ///
    /// @param now the clock, milliseconds
    public Unreadable begin(long now) {
        Unreadable unreadable = new Unreadable(
                Set.copyOf(unreadableWindows), Set.copyOf(unreadableSeasonal), Set.copyOf(unreadableTruth));
        unreadableWindows.clear();
        unreadableSeasonal.clear();
        unreadableTruth.clear();
        for (String sensor : unreadable.windows) {
            all.computeIfAbsent(sensor, absent -> new SensorBytes(absent, SensorState.emptyWindow(layout)));
        }
        heapBytes = 0;
        forEach(state -> restored(state, unreadable, now));
        removeIf(state -> state.window().isEmpty() || unreadable.windows.contains(state.sensor()));
        return unreadable;
    }

    private void restored(SensorState state, Unreadable unreadable, long now) {
        SensorBytes bytes = state.bytes();
        if (unreadable.seasonal.contains(bytes.sensor)) {
            bytes.seasonal = null;
            withoutSeasonal.add(bytes);
        }
        if (unreadable.truth.contains(bytes.sensor)) {
            bytes.truth = null;
            bytes.scores = null;
            withoutTruth.add(bytes);
        }
        state.restored(now);
        bytes.counted = 0;
        count(bytes);
    }

    /// Passes on all changes since the last call.
    void takeChanges(Changes changes) {
        removed.forEach(state -> writeRemoval(state, changes));
        removed.clear();
        withoutSeasonal.forEach(state -> writeRemovalOfSeasonal(state.key(), changes));
        withoutSeasonal.clear();
        withoutTruth.forEach(state -> writeRemovalOfTruth(state.key(), PendingLayout.MAX_PARTS, changes));
        withoutTruth.clear();
        touched.stream().filter(state -> state.touched).forEach(state -> write(state, changes));
        touched.clear();
    }

    private void write(SensorBytes state, Changes changes) {
        byte[] key = state.key();
        int length = layout.isSplit() ? SensorLayout.HEAD : state.window.length;
        changes.put(key, StoredParts.value(layout.windowForm(), state.window, 0, length));
        if (layout.isSplit()) {
            writeAreas(state, key, changes);
        }
        if (state.seasonal != null) {
            writeSeasonal(state.seasonal, state.seasonalTouched, key, changes);
        }
        writeTruth(state, key, changes);
        state.areasTouched = 0;
        state.seasonalTouched = 0;
        state.truthTouched = 0;
        state.uncommitted = 0;
        state.touched = false;
    }

    private void writeAreas(SensorBytes state, byte[] key, Changes changes) {
        int bytes = layout.window().areaBytes();
        written.on(state.window, SensorLayout.BEFORE_WINDOW);
        for (int place = 0; place < layout.window().areas(); place++) {
            int at = written.area(place);
            if ((state.areasTouched & 1L << place) != 0 && at >= 0) {
                changes.put(
                        StoredParts.key(key, StoredParts.FIRST_AREA + place),
                        StoredParts.value(layout.windowForm(), state.window, at, bytes));
            }
        }
    }

    private void writeSeasonal(byte[] seasonal, int parts, byte[] key, Changes changes) {
        for (int part = 0; part < layout.seasonalParts(); part++) {
            if ((parts & 1 << part) != 0) {
                changes.put(
                        StoredParts.key(key, part),
                        StoredParts.value(
                                layout.seasonalForm(),
                                seasonal,
                                layout.seasonalOffset(part),
                                layout.seasonalLength(part)));
            }
        }
    }

    private void writeTruth(SensorBytes state, byte[] key, Changes changes) {
        if (writtenTruth == null || state.truth == null || state.scores == null) {
            return;
        }
        writtenTruth.on(state.truth);
        for (long parts = state.truthTouched; parts != 0; parts &= parts - 1) {
            int part = Long.numberOfTrailingZeros(parts);
            changes.put(
                    StoredParts.key(key, StoredParts.FIRST_TRUTH + part),
                    StoredParts.truth(layout.truthForm(), writtenTruth, state.scores, part));
        }
    }

    private void writeRemoval(SensorBytes state, Changes changes) {
        byte[] key = state.key();
        writeRemovalOfSeasonal(key, changes);
        writeRemovalOfTruth(key, state.truth == null ? 0 : layout.truthParts(), changes);
        for (int place = 0; layout.isSplit() && place < layout.window().areas(); place++) {
            changes.put(StoredParts.key(key, StoredParts.FIRST_AREA + place), null);
        }
        changes.put(key, null); // last: it ends the sensor
    }

    private void writeRemovalOfSeasonal(byte[] key, Changes changes) {
        for (int part = 0; part < layout.seasonalParts(); part++) {
            changes.put(StoredParts.key(key, part), null);
        }
    }

    private void writeRemovalOfTruth(byte[] key, int parts, Changes changes) {
        for (int part = 0; part < parts; part++) {
            changes.put(StoredParts.key(key, StoredParts.FIRST_TRUTH + part), null);
        }
    }

    /// Drops everything, stored or not.
    void clear() {
        all.clear();
        unreadableWindows.clear();
        unreadableSeasonal.clear();
        unreadableTruth.clear();
        touched.clear();
        removed.clear();
        withoutSeasonal.clear();
        withoutTruth.clear();
        heapBytes = 0;
    }

    /// Whether nothing was restored.
    boolean isEmpty() {
        return all.isEmpty() && unreadableWindows.isEmpty();
    }
}
