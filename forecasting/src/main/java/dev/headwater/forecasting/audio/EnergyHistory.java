package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.List;

/// The energy of clips as a history: the clips' frames one clip after the other, on an artificial time line.
/// The training clips come first, then the validation clips, then the test clips. The gap between two clips is
/// longer than a window with its horizon, so that no window contains two clips.
///
/// @param series the series, of one sensor
/// @param split  the split, whose cuts lie between the parts
public record EnergyHistory(Series series, ChronologicalSplit split) {

    /// The only sensor: sources of sound are not distinguished.
    private static final String SENSOR = "clips";

    /// @param audio the network's sound
    public static EnergyHistory of(SensorNetwork network, AudioSpec audio, ClipSplit clips) {
        Line line = new Line(network, audio);
        int validationRow = line.add(clips.train());
        int testRow = line.add(clips.validation());
        line.add(clips.test());
        Series series = line.builder.build();
        return new EnergyHistory(series, ChronologicalSplit.at(series, validationRow, testRow));
    }

    /// The time line while it is built.
    private static final class Line {
        private final Series.Builder builder;
        private final int samples;
        private final int frames;
        private final int gap;
        private final float[] values = new float[1];
        private int row;

        Line(SensorNetwork network, AudioSpec audio) {
            this.builder = new Series.Builder(network);
            this.samples = audio.frameSamples(network.interval());
            this.frames = audio.clipFrames(network.interval());
            this.gap = network.window().spanWithHorizon();
        }

        /// @return the row after the last clip's last frame
        int add(List<Clip> clips) {
            int end = row;
            for (Clip clip : clips) {
                for (int frame = 0; frame < frames; frame++) {
                    values[0] = FrameEnergy.dbfs(clip.samples(), frame * samples, samples);
                    builder.add(SENSOR, row + frame, values);
                }
                end = row + frames;
                row = end + gap;
            }
            return end;
        }
    }
}
