package dev.headwater.streams.state;

import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracyReport.Role;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.ModelAccuracy;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.accuracy.SpanBuckets;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.truth.SettledStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The live accuracy of a task, by model. Forecasts name their model by a tag of two bytes; the task knows
/// the last [#MAX_MODELS] models. Not thread-safe.
public final class TaskAccuracy {

    /// Models whose figures are kept; one that no longer forecasts goes first.
    public static final int MAX_MODELS = 4;

    private static final long NONE = Long.MIN_VALUE;

    private final SensorNetwork network;
    private final Levels levels;
    private final SpanBuckets buckets;
    private final int form;
    private final int length; // of the sums of a bucket
    private final List<Entry> entries = new ArrayList<>(); // newest first
    private final Map<Short, ModelAccuracy> sums = new TreeMap<>(); // by tag
    private final List<Short> dropped = new ArrayList<>(); // tags
    private StoredAccuracy.@Nullable Head stored; // as restored or written last
    private @Nullable Entry found; // the last one looked for
    private short nextTag;
    private long newest = NONE; // target slot
    private boolean headTouched;

    private static final class Entry {
        final short tag;
        final String id;
        final String artefact;
        final ModelAccuracy accuracy;
        Role role;

        Entry(StoredAccuracy.Model model, ModelAccuracy accuracy) {
            this.tag = model.tag();
            this.id = model.id();
            this.artefact = model.artefact();
            this.role = model.role();
            this.accuracy = accuracy;
        }
    }

    /// Gets the changes to store.
    @FunctionalInterface
    interface Changes {

        /// @param value null for one that is gone
        void put(byte[] key, byte @Nullable [] value);
    }

    TaskAccuracy(SensorNetwork network) {
        this.network = network;
        this.levels = new PendingLayout(network).levels();
        this.buckets = SpanBuckets.of(network.interval());
        this.length = new AccuracySums(network.window().horizon(), levels.values()).array().length;
        CRC32 sum = new CRC32();
        sum.update((network.interval() + " " + network.target() + " "
                        + network.window().horizon() + " " + network.window().horizonStride() + " " + levels.values())
                .getBytes(StandardCharsets.UTF_8));
        this.form = (int) sum.getValue();
    }

    private ModelAccuracy none() {
        return new ModelAccuracy(buckets, network.window().horizon(), levels.values());
    }

    /// The newest slot whose truths were compared; [Long#MIN_VALUE] before the first.
    public long newest() {
        return newest;
    }

    /// The tag of a model that forecasts; at most one has each role, but that of a former one.
    public short tag(String id, String artefact, Role role) {
        for (Entry entry : entries) {
            if (entry.role == role && entry.id.equals(id) && entry.artefact.equals(artefact)) {
                return entry.tag;
            }
        }
        return begin(id, artefact, role);
    }

    /// The model of a role no longer forecasts.
    public void end(Role role) {
        for (Entry entry : entries) {
            if (entry.role == role) {
                entry.role = Role.FORMER;
                headTouched = true;
            }
        }
    }

    private short begin(String id, String artefact, Role role) {
        Entry known = null;
        for (Entry entry : entries) {
            entry.role = entry.role == role ? Role.FORMER : entry.role;
            known = entry.id.equals(id) && entry.artefact.equals(artefact) ? entry : known;
        }
        if (known == null) {
            makeRoom();
            known = entry(new StoredAccuracy.Model(nextTag++, role, id, artefact));
        }
        entries.remove(known);
        entries.addFirst(known);
        known.role = role;
        headTouched = true;
        return known.tag;
    }

    private Entry entry(StoredAccuracy.Model model) {
        ModelAccuracy accuracy = sums.computeIfAbsent(model.tag(), tag -> none());
        if (newest != NONE) {
            accuracy.advance(newest);
        }
        return new Entry(model, accuracy);
    }

    /// The last one that no longer forecasts goes.
    private void makeRoom() {
        for (int i = entries.size() - 1; i >= 0 && entries.size() >= MAX_MODELS; i--) {
            if (entries.get(i).role == Role.FORMER) {
                short tag = entries.remove(i).tag;
                sums.remove(tag);
                dropped.add(tag);
                found = null;
            }
        }
    }

    /// Counts a step whose truth came.
    ///
    /// @param yesterday forecast of that baseline; NaN when it is not known
    /// @return false when its model is no longer known
    public boolean add(SettledStep step, float yesterday) {
        Entry entry = find(step.model());
        if (entry == null) {
            return false;
        }
        advance(step.target());
        AccuracySums bucket = entry.accuracy.at(step.target());
        bucket.add(step.step(), step.forecast(), step.last(), yesterday, step.truth());
        for (int level = 0; level < levels.count(); level++) {
            if (!Float.isNaN(step.lower(level))) {
                bucket.intervals().add(level, step.step(), step.lower(level), step.upper(level), step.truth());
            }
        }
        return true;
    }

    private @Nullable Entry find(short tag) {
        if (found == null || found.tag != tag) {
            found = null;
            for (Entry entry : entries) {
                found = entry.tag == tag ? entry : found;
            }
        }
        return found;
    }

    private void advance(long slot) {
        if (slot > newest) {
            newest = slot;
            entries.forEach(entry -> entry.accuracy.advance(slot));
            headTouched = true;
        }
    }

    /// The figures so far; the newest slot must be there.
    public AccuracyReport report(int partition) {
        long end = network.clock().startMillis(newest + 1);
        return new AccuracyReport(
                network.name(),
                partition,
                end,
                entries.stream().map(this::model).toList());
    }

    private AccuracyReport.Model model(Entry entry) {
        Map<Span, AccuracySums> spans = new EnumMap<>(Span.class);
        for (Span span : Span.values()) {
            AccuracySums figures = entry.accuracy.sums(span);
            if (!figures.isEmpty()) {
                spans.put(span, figures);
            }
        }
        return new AccuracyReport.Model(entry.id, entry.artefact, entry.role, spans);
    }

    /// Passes on all changes since the last call.
    void takeChanges(Changes changes) {
        dropped.forEach(tag -> remove(tag, changes));
        dropped.clear();
        for (Entry entry : entries) {
            entry.accuracy.takeChanges((part, place, number, bucket) -> changes.put(
                    StoredAccuracy.key(new StoredAccuracy.Place(part, entry.tag, place)),
                    bucket == null ? null : StoredAccuracy.value(new StoredAccuracy.Bucket(number, bucket), form)));
        }
        if (headTouched) {
            headTouched = false;
            StoredAccuracy.Head head = head();
            stored = head;
            changes.put(StoredAccuracy.headKey(), StoredAccuracy.value(head, form));
        }
    }

    private StoredAccuracy.Head head() {
        return new StoredAccuracy.Head(
                newest,
                nextTag,
                entries.stream()
                        .map(entry -> new StoredAccuracy.Model(entry.tag, entry.role, entry.id, entry.artefact))
                        .toList());
    }

    private void remove(short tag, Changes changes) {
        ModelAccuracy any = none();
        for (ModelAccuracy.Part part : ModelAccuracy.Part.values()) {
            for (int place = 0; place < any.places(part); place++) {
                changes.put(StoredAccuracy.key(new StoredAccuracy.Place(part, tag, place)), null);
            }
        }
    }

    /// Takes in what was stored, in any order. What was stored by a newer version or of other forecasts is
    /// left out.
    ///
    /// @param value null for one that was removed
    void restore(byte[] key, byte @Nullable [] value) {
        if (value != null && !StoredAccuracy.fits(value, form)) {
            return;
        }
        if (StoredAccuracy.isHead(key)) {
            stored = value == null ? null : StoredAccuracy.head(value);
            return;
        }
        StoredAccuracy.Place place = StoredAccuracy.place(key);
        if (place != null) {
            StoredAccuracy.Bucket bucket = value == null ? null : StoredAccuracy.bucket(value, length);
            sums.computeIfAbsent(place.tag(), tag -> none())
                    .restore(
                            place.part(),
                            place.place(),
                            bucket == null ? 0 : bucket.number(),
                            bucket == null ? null : bucket.sums());
        }
    }

    /// Prepares what was restored for a processor.
    public void begin() {
        StoredAccuracy.Head head = stored;
        if (head != null) {
            entries.clear();
            found = null;
            newest = head.newest();
            nextTag = head.nextTag();
            head.models().forEach(model -> entries.add(entry(model)));
        }
    }

    /// Drops everything, stored or not.
    void clear() {
        entries.clear();
        sums.clear();
        dropped.clear();
        stored = null;
        found = null;
        nextTag = 0;
        newest = NONE;
        headTouched = false;
    }
}
