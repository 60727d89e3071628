package dev.headwater.ingest.replay;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.audio.WavFile;
import dev.headwater.ingest.replay.ClipSource.Recording;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;

/// Opens the sound that `ingest` plays to a network with sound.
public final class SoundInput {

    /// The word for standard input.
    public static final String STANDARD_INPUT = "-";
    /// The word for the machine's microphone.
    public static final String MICROPHONE = "microphone";

    private static final int LINE_SECONDS = 2; // of sound in the line's buffer

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final Consumer<String> notice;

    /// @param notice receives lines for the user
    public SoundInput(SensorNetwork network, AudioSpec audio, Consumer<String> notice) {
        this.network = network;
        this.audio = audio;
        this.notice = notice;
    }

    public static boolean isLive(String from) {
        return from.equals(STANDARD_INPUT) || from.equals(MICROPHONE);
    }

    /// Opens a folder of words, a WAV file, standard input or the microphone.
    ///
    /// @param name  of the source; null for the default. Ignored for clips of a folder, which have their own names
    /// @param lanes clips played side by side
    /// @throws InvalidInputException when it cannot be opened
    public FrameSource open(String from, @Nullable String name, int lanes, Speed speed) {
        long now = network.clock().slotOf(System.currentTimeMillis());
        return switch (from) {
            case STANDARD_INPUT -> live("standard input", name == null ? "stdin" : name, System.in, now);
            case MICROPHONE -> live(MICROPHONE, name == null ? MICROPHONE : name, microphone(), now);
            default -> recorded(recordings(Path.of(from), name), lanes, speed, now);
        };
    }

    private FrameSource live(String title, String source, InputStream in, long now) {
        return new LiveSource(network, audio, title, source, in, now);
    }

    /// Sound that is played faster than real time starts in the past, so that its event time never runs ahead
    /// of the clock.
    private FrameSource recorded(List<Recording> recordings, int lanes, Speed speed, long now) {
        long slots = ClipSource.slots(network, audio, recordings, lanes);
        double early = Math.max(0, 1 - 1 / speed.factor());
        return new ClipSource(network, audio, recordings, lanes, now - (long) Math.ceil(slots * early));
    }

    private List<Recording> recordings(Path from, @Nullable String name) {
        if (Files.isDirectory(from)) {
            return ClipSource.recordings(ClipFolder.read(from, audio, notice));
        }
        WavFile.Sound sound = WavFile.read(from, audio.sampleRate());
        if (sound.convertedFrom() != null) {
            notice.accept(from + ": converted from " + sound.convertedFrom() + " to " + audio.sampleRate()
                    + " Hz, 1 channel, 16 bits");
        }
        String file = String.valueOf(from.getFileName()).replaceFirst("(?i)\\.wav$", "");
        return List.of(new Recording(name == null ? file : name, sound.samples()));
    }

    private InputStream microphone() {
        AudioFormat format = new AudioFormat(audio.sampleRate(), Short.SIZE, 1, true, false);
        try {
            TargetDataLine line = AudioSystem.getTargetDataLine(format);
            line.open(format, LINE_SECONDS * audio.sampleRate() * Short.BYTES);
            line.start();
            return new AudioInputStream(line);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException | LinkageError e) {
            throw new InvalidInputException(
                    "microphone: none here records " + audio.sampleRate() + " Hz, 16 bits, 1 channel ("
                            + e.getMessage() + "): record with another program and pipe it in, such as"
                            + " arecord -t raw -f S16_LE -r " + audio.sampleRate() + " -c 1",
                    e);
        }
    }
}
