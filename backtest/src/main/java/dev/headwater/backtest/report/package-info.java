/// The report of an evaluation: a page with its pictures.
@NullMarked
package dev.headwater.backtest.report;

import org.jspecify.annotations.NullMarked;
