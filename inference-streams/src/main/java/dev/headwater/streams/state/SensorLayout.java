package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import dev.headwater.forecasting.seasonal.OldSeasonalForm;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// How the state of a network's sensors lies in bytes. A sensor has an array for its window, after
/// [#BEFORE_WINDOW] bytes for the offset of its last reading, another one for its seasonal state where the
/// network reads one, and two where forecasts are compared with their truths: [PendingForecasts], and
/// [SensorScores] with a [DriftDetector] behind them.
///
/// Each array is stored in parts, so that a reading writes little: a window of up to 2 kB as a whole, a
/// longer one as its head and its areas of some 512 bytes; a seasonal state in the parts of [SeasonalState];
/// pending forecasts in theirs, each with the scores.
public final class SensorLayout {

    /// Bytes before the window: the offset of the last reading.
    static final int BEFORE_WINDOW = Long.BYTES;

    /// Bytes of the head of a window that is stored in areas.
    static final int HEAD = BEFORE_WINDOW + WindowLayout.HEAD;

    private static final int MAX_WHOLE = 2048; // bytes of the slots of a window that is stored as a whole
    private static final int AREA = 512; // bytes of an area of a longer one, at least
    private static final int MAX_AREAS = 60; // of a window that is stored in areas: a bit each
    private static final int WHOLE_AREA_SLOTS = 8;
    private static final String AVERAGE_ID = "0123456789abcdef";

    private final WindowLayout window;
    private final boolean split;
    private final @Nullable ProfileDays days;
    private final @Nullable Rates rates;
    private final @Nullable SeasonalState parts; // for their number and lengths
    private final @Nullable PendingLayout pending; // null where forecasts are not compared
    private final int slotsPerDay;
    private final int windowForm;
    private final int seasonalForm;
    private final int truthForm;

    public SensorLayout(SensorNetwork network) {
        this(network, true);
    }

    /// @param scored whether forecasts are kept until their truths come
    public SensorLayout(SensorNetwork network, boolean scored) {
        int measures = network.measures().size();
        int slotBytes = 1 + measures * Float.BYTES;
        int retained = retained(network);
        this.split = retained * slotBytes > MAX_WHOLE;
        int areaSlots = split
                ? Math.max(Math.max(1, AREA / slotBytes), Math.ceilDiv(retained, MAX_AREAS - 1))
                : WHOLE_AREA_SLOTS;
        this.window = new WindowLayout(measures, retained, areaSlots);
        this.days = network.features().readsSeasonalState() ? new ProfileDays(network) : null;
        this.rates = network.features().profile() == Profile.MOVING ? Rates.MOVING : null;
        this.parts = seasonalView();
        this.pending = scored ? new PendingLayout(network) : null;
        this.slotsPerDay = network.clock().slotsPerDay();
        String readings = network.interval() + " "
                + network.measures().stream().map(Measure::name).toList();
        this.windowForm = form(SensorWindow.VERSION + " " + readings + " " + areaSlots + " " + split);
        this.seasonalForm = form(SeasonalState.VERSION + " " + network.interval() + " " + network.zone() + " "
                + network.target() + " " + network.features().profile());
        this.truthForm = form(PendingLayout.VERSION + " " + SensorScores.VERSION + " " + DriftDetector.VERSION + " "
                + network.interval() + " "
                + network.target() + " " + network.window().horizon() + " "
                + network.window().horizonStride() + " "
                + (pending == null ? "" : pending.levels().values()));
    }

    private static int form(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    /// Slots kept per sensor: the window, and as many older slots as forecasts may be pending for.
    public static int retained(SensorNetwork network) {
        return network.window().span() + maxPending(network);
    }

    /// Maximum number of pending forecasts of one sensor.
    public static int maxPending(SensorNetwork network) {
        return network.window().lookback() + network.window().horizon() + 12;
    }

    WindowLayout window() {
        return window;
    }

    /// Whether windows are stored in areas.
    boolean isSplit() {
        return split;
    }

    /// A view of seasonal states; null where the network reads none.
    @Nullable
    SeasonalState seasonalView() {
        return days == null ? null : new SeasonalState(days, rates);
    }

    /// A reader of a seasonal state in its old form; null where the network reads none.
    @Nullable
    OldSeasonalForm oldSeasonalForm() {
        return days == null ? null : new OldSeasonalForm(days, rates);
    }

    int oldSeasonalChunkBytes() {
        return OldSeasonalForm.chunkBytes(requireNonNull(days));
    }

    /// Estimated heap that one sensor takes at most, for an id of average length.
    int maxHeapBytes() {
        byte[] full = new byte[BEFORE_WINDOW + window.bytes(window.areas())];
        SensorBytes sensor = new SensorBytes(AVERAGE_ID, full);
        sensor.seasonal = days == null ? null : unknownSeasonal();
        if (pending != null) {
            beginTruth(sensor);
        }
        return sensor.heapBytes();
    }

    /// Parts of a seasonal state; 0 where the network reads none.
    int seasonalParts() {
        return parts == null ? 0 : parts.parts();
    }

    int seasonalOffset(int part) {
        return requireNonNull(parts).offset(part);
    }

    int seasonalLength(int part) {
        return requireNonNull(parts).length(part);
    }

    /// The bytes of a seasonal state without data.
    byte[] unknownSeasonal() {
        return SeasonalState.unknown(requireNonNull(days));
    }

    /// Parts of the pending forecasts; 0 where forecasts are not compared.
    int truthParts() {
        return pending == null ? 0 : pending.parts();
    }

    /// A view of pending forecasts; null where forecasts are not compared.
    @Nullable
    PendingForecasts truthView() {
        return pending == null ? null : new PendingForecasts(pending);
    }

    /// A view of a sensor's scores.
    SensorScores scoresView() {
        return new SensorScores(levels(), slotsPerDay);
    }

    private Levels levels() {
        return requireNonNull(pending).levels();
    }

    /// Gives a sensor the bytes of pending forecasts and scores.
    void beginTruth(SensorBytes sensor) {
        sensor.truth = emptyTruth();
        sensor.scores = Arrays.copyOf(SensorScores.empty(levels()), scoreBytes());
    }

    /// The bytes of pending forecasts before the first.
    byte[] emptyTruth() {
        return PendingForecasts.empty(requireNonNull(pending));
    }

    /// Bytes of a sensor's scores, and those of its drift detector behind them.
    int scoreBytes() {
        return driftAt() + DriftDetector.BYTES;
    }

    /// A view of a sensor's drift.
    DriftDetector driftView() {
        return new DriftDetector(slotsPerDay);
    }

    /// Where the bytes of the drift detector begin.
    int driftAt() {
        return SensorScores.bytes(levels());
    }

    /// A number that tells apart what pending forecasts were stored for: interval, target, horizon, and
    /// levels.
    int truthForm() {
        return truthForm;
    }

    /// A number that tells apart what windows were stored for: interval, measures, and areas.
    int windowForm() {
        return windowForm;
    }

    /// A number that tells apart what seasonal states were stored for: interval, zone, target, and profile.
    int seasonalForm() {
        return seasonalForm;
    }
}
