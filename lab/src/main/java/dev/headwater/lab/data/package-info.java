/// The data of the rows: windows, series, spectra and reviews as examples of equal shape.
@NullMarked
package dev.headwater.lab.data;

import org.jspecify.annotations.NullMarked;
