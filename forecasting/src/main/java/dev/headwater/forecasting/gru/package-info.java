/// Encoder-decoder GRU networks in float32, forward and backward, on the Vector API.
///
/// [dev.headwater.forecasting.gru.Seq2SeqShape] lays the parameters out, [dev.headwater.forecasting.gru.Seq2SeqGru]
/// forecasts, [dev.headwater.forecasting.gru.Seq2SeqTraining] gives gradients, and
/// [dev.headwater.forecasting.gru.GruSequence] is one GRU over sequences, to be a layer of any network.
@NullMarked
package dev.headwater.forecasting.gru;

import org.jspecify.annotations.NullMarked;
