/** AWS FIS experiment templates as drills. Start with {@link dev.meridian.chaos.fis.FisImport}. */
@NullMarked
package dev.meridian.chaos.fis;

import org.jspecify.annotations.NullMarked;
