/// The model artefact (one zip) and the registry of artefacts.
@NullMarked
package dev.headwater.forecasting.artefact;

import org.jspecify.annotations.NullMarked;
