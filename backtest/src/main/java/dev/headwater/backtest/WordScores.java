package dev.headwater.backtest;

import java.util.List;

/// Accuracy of the classifier on clips.
///
/// @param network   name of the network
/// @param model     `name@version`
/// @param split     part that was evaluated: train, validation or test
/// @param by        how the clips are split, `speaker` or `random`
/// @param clips     number of clips evaluated
/// @param accuracy  share of right words among the clips with an event
/// @param labels    the words, in the order of the confusion's rows and columns
/// @param confusion `[said][heard]`; clips without an event are not in it
/// @param hardest   the two words most often confused
public record WordScores(
        String network,
        String model,
        String split,
        String by,
        int clips,
        double accuracy,
        List<String> labels,
        List<List<Integer>> confusion,
        List<String> hardest) {}
