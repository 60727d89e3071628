package dev.headwater.backtest;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.List;

/// What `evaluate --json` prints of a network with sound.
///
/// @param network        name of the network
/// @param model          `name@version`
/// @param split          part that was judged
/// @param by             how the clips are parted, `speaker` or `random`
/// @param clips          judged
/// @param accuracy       share of them whose word was told
/// @param labels         the words, in the order of the confusion's rows and columns
/// @param confusion      `[said][heard]`
/// @param hardest        the two words most often taken for each other
/// @param realTimeFactor seconds of one core for a second of sound, measured now
/// @param seconds        time taken
/// @param energy         errors of the forecasts of the frames' energy
public record SoundEvaluation(
        String network,
        String model,
        String split,
        String by,
        int clips,
        double accuracy,
        List<String> labels,
        List<List<Integer>> confusion,
        List<String> hardest,
        double realTimeFactor,
        double seconds,
        ErrorTable energy) {}
