package dev.headwater.ingest.replay;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/// Plays recordings in parallel lanes, one after the other in each lane; every recording is its own source. The
/// last frame of a recording is padded with silence and followed by a frame without samples.
public final class ClipSource implements FrameSource {

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final int frameSamples;
    private final List<Recording> recordings;
    private final long firstSlot;
    private final long endSlot;
    private final int[] current; // [lane], recording; -1 when there is none left
    private final long[] began; // [lane], slot
    private int next;

    /// Recorded sound.
    ///
    /// @param source  id of the source on the bus
    /// @param samples at the network's rate, one or more
    public record Recording(String source, short[] samples) {}

    /// @param lanes     number of recordings played in parallel, 1 or more
    /// @param firstSlot when to begin
    /// @throws InvalidInputException when there is no recording or no lane
    public ClipSource(SensorNetwork network, AudioSpec audio, List<Recording> recordings, int lanes, long firstSlot) {
        if (recordings.isEmpty() || lanes < 1) {
            throw new InvalidInputException("recordings and those played side by side must be at least 1, found "
                    + recordings.size() + " and " + lanes);
        }
        this.network = network;
        this.audio = audio;
        this.frameSamples = audio.frameSamples(network.interval());
        this.recordings = List.copyOf(recordings);
        this.firstSlot = firstSlot;
        int width = Math.min(lanes, recordings.size());
        this.endSlot = firstSlot + slots(network, audio, recordings, width);
        this.current = new int[width];
        this.began = new long[width];
        Arrays.fill(began, firstSlot);
        Arrays.setAll(current, lane -> lane);
        this.next = width;
    }

    /// Number of slots that the recordings take.
    public static long slots(SensorNetwork network, AudioSpec audio, List<Recording> recordings, int lanes) {
        int frameSamples = audio.frameSamples(network.interval());
        long[] length = new long[Math.min(lanes, recordings.size())]; // [lane]
        for (Recording recording : recordings) {
            int lane = 0; // the next recording goes to the first lane that becomes free
            for (int other = 1; other < length.length; other++) {
                lane = length[other] < length[lane] ? other : lane;
            }
            length[lane] += frames(recording, frameSamples) + 1;
        }
        return Arrays.stream(length).max().orElse(0);
    }

    private static long frames(Recording recording, int frameSamples) {
        return Math.ceilDiv(recording.samples.length, frameSamples);
    }

    /// Clips as recordings.
    public static List<Recording> recordings(List<Clip> clips) {
        return clips.stream()
                .map(clip -> new Recording(clip.source(), clip.samples()))
                .toList();
    }

    /// Number of frames to be sent, without those that mark an end.
    public long frames() {
        return recordings.stream()
                .mapToLong(recording -> frames(recording, frameSamples))
                .sum();
    }

    @Override
    public SensorNetwork network() {
        return network;
    }

    @Override
    public AudioSpec audio() {
        return audio;
    }

    @Override
    public long firstSlot() {
        return firstSlot;
    }

    @Override
    public long endSlot() {
        return endSlot;
    }

    @Override
    public boolean emit(long slot, BiConsumer<String, short[]> sink) {
        for (int lane = 0; lane < current.length; lane++) {
            if (current[lane] >= 0) {
                emit(lane, slot, sink);
            }
        }
        return slot + 1 < endSlot;
    }

    private void emit(int lane, long slot, BiConsumer<String, short[]> sink) {
        Recording recording = recordings.get(current[lane]);
        int from = Math.toIntExact((slot - began[lane]) * frameSamples);
        if (from < recording.samples.length) {
            sink.accept(recording.source, Arrays.copyOfRange(recording.samples, from, from + frameSamples));
            return;
        }
        sink.accept(recording.source, END);
        current[lane] = next < recordings.size() ? next++ : -1;
        began[lane] = slot + 1;
    }
}
