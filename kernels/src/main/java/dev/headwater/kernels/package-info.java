/// Encoder-decoder GRU networks in float32, forward and backward, on the Vector API.
///
/// [dev.headwater.kernels.Seq2SeqShape] lays the parameters out, [dev.headwater.kernels.Seq2SeqGru]
/// forecasts, [dev.headwater.kernels.Seq2SeqTraining] gives gradients, and
/// [dev.headwater.kernels.GruSequence] is one GRU over sequences, to be a layer of any network.
@NullMarked
package dev.headwater.kernels;

import org.jspecify.annotations.NullMarked;
