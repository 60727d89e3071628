package dev.headwater.lab.engine;

import dev.headwater.lab.definition.RowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run of a row gave.
///
/// @param row         name of the row
/// @param title       what it is
/// @param document    number of the document
/// @param metric      what is measured: `validation MAE, degC`
/// @param seed        the document's figure; null when it reports none
/// @param told        the document's figure in its own words
/// @param ours        our figure; accuracies are shares
/// @param naive       the naive forecast on the same data; null where there is none
/// @param seedNaive   the naive forecast on the document's data; null when unknown
/// @param figure      kind of the figure
/// @param validation  the figure on the validation part; null for a check
/// @param test        the figure on the test part; null for a check
/// @param data        the data at hand
/// @param sameData    true when it is the document's own
/// @param full        true when the document's own setting was run
/// @param setting     epochs and examples of the run
/// @param parameters  of the network, 0 without one
/// @param seconds     of the run
/// @param randomSeed  of parameters, dropout and the order of examples
/// @param bestEpoch   the best on validation; 0 without training
/// @param curve       by epoch
/// @param notes       sentences for the report
/// @param pictures    names of the pictures, without extension
/// @param remark      what a reader must know
/// @param machine     where it ran
/// @param definition  fingerprint of the row's definition
public record RowResult(
        String row,
        String title,
        String document,
        String metric,
        @Nullable Double seed,
        String told,
        double ours,
        @Nullable Double naive,
        @Nullable Double seedNaive,
        RowSpec.Figure figure,
        @Nullable Double validation,
        @Nullable Double test,
        String data,
        boolean sameData,
        boolean full,
        String setting,
        long parameters,
        double seconds,
        long randomSeed,
        int bestEpoch,
        List<EpochFigures> curve,
        List<String> notes,
        List<String> pictures,
        @Nullable String remark,
        String machine,
        String definition) {

    /// By how much ours is better than naive on the same data, as a share of naive's error, or in shares of right
    /// answers; null without naive.
    public @Nullable Double gain() {
        return gain(ours, naive);
    }

    /// The document's gain over naive on its own data; null when it reports no figure or none of naive.
    public @Nullable Double seedGain() {
        return seed == null ? null : gain(seed, seedNaive);
    }

    private @Nullable Double gain(double reached, @Nullable Double base) {
        if (base == null) {
            return null;
        }
        return figure.isHigherBetter() ? reached - base : 1 - reached / base;
    }
}
