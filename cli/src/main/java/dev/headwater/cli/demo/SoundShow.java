package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveRun;
import dev.headwater.backtest.LiveWords;
import dev.headwater.backtest.LocalStream;
import dev.headwater.bus.ModelTopic;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.ServedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The live stream of the demo of a network with sound: plays the clips of a folder one after the other, and
/// prints a line with the word heard in each.
final class SoundShow {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final int SOURCE = 20; // with it a line has 79 columns
    private static final String HEADS = "%-8s %-" + SOURCE + "s %-6s %-7s %4s %5s %7s %7s %7s%n";
    private static final String LINE = "%-8s %-" + SOURCE + "s %-6s %-7s %4.2f %5.1f %7s %7s %7s%n";

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final Artefact model;
    private final List<Clip> clips;
    private final Page page;
    private int count;
    private int right;

    SoundShow(SensorNetwork network, AudioSpec audio, Artefact model, List<Clip> clips, Page page) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.clips = clips;
        this.page = page;
    }

    /// Runs until all is played, the time has elapsed or it is stopped.
    ///
    /// @param folder for the files of broker and stream
    /// @param time   zero = until stopped
    void run(Path folder, PrintWriter out, Speed speed, Duration time, BooleanSupplier stopped)
            throws InterruptedException {
        ServedModel served = ServedModel.of(model, network);
        try (LocalStream local = LocalStream.open(network, folder);
                Page.Open open = page.open(local.client(), network, null)) {
            ModelTopic.publish(local.client(), model, sent -> {});
            open.tell(out);
            heads(out);
            new LiveWords(local, network, audio, clips)
                    .run(served, speed, new LiveRun(time, stopped), heard -> line(out, heard));
            out.printf(Locale.ROOT, "%n%s heard, %d of them right%n", Words.count(count, "word"), right);
            out.flush();
        }
    }

    private void heads(PrintWriter out) {
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        out.printf(
                HEADS,
                "time",
                "source",
                "spoken",
                "heard",
                "p",
                network.targetMeasure().unit(),
                lead(steps[0]),
                lead(steps[1]),
                lead(steps[2]));
        out.flush();
    }

    private String lead(int step) {
        return "+" + Words.time(network.minutes(step));
    }

    private void line(PrintWriter out, LiveWords.Heard heard) {
        KeywordEvent event = heard.event();
        count++;
        right += heard.isRight() ? 1 : 0;
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        out.printf(
                Locale.ROOT,
                LINE,
                CLOCK.format(Instant.ofEpochMilli(event.to()).atZone(network.zone())),
                Printable.shortened(event.source(), SOURCE),
                heard.spoken(),
                event.word() + (heard.isRight() ? "" : " !"),
                event.probability(),
                heard.energy(),
                expected(heard.forecast(), steps[0]),
                expected(heard.forecast(), steps[1]),
                expected(heard.forecast(), steps[2]));
        out.flush();
    }

    private static String expected(@Nullable Forecast forecast, int step) {
        return forecast == null || forecast.abstained()
                ? "-"
                : String.format(Locale.ROOT, "%.1f", forecast.values()[step - 1]);
    }
}
