/// Recurrent networks in float32 on the Vector API: encoder-decoder GRUs, forward and backward, and classifiers.
///
/// [dev.headwater.kernels.Seq2SeqShape] lays out the parameters, [dev.headwater.kernels.Seq2SeqGru] forecasts,
/// [dev.headwater.kernels.Seq2SeqTraining] gives gradients, and [dev.headwater.kernels.GruSequence] is one GRU
/// over sequences, for use as a layer of any network.
@NullMarked
package dev.headwater.kernels;

import org.jspecify.annotations.NullMarked;
