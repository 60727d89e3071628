package dev.headwater.backtest;

import java.util.List;

/// How well the words of clips are told.
///
/// @param network   name of the network
/// @param model     `name@version`
/// @param split     part that was judged: train, validation or test
/// @param by        how the clips are parted, `speaker` or `random`
/// @param clips     judged
/// @param accuracy  share of the words told right, of those that were told
/// @param labels    the words, in the order of the confusion's rows and columns
/// @param confusion `[said][heard]`; clips without an event are not in it
/// @param hardest   the two words most often taken for each other
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
