/// Makes what a release archive holds besides the Java runtime; run by Maven with `-Pdist`.
@NullMarked
package dev.headwater.dist;

import org.jspecify.annotations.NullMarked;
