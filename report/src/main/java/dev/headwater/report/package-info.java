/// Writes reports and charts: blocks as Markdown and HTML, charts as PNG.
@NullMarked
package dev.headwater.report;

import org.jspecify.annotations.NullMarked;
