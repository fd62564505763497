/**
 * What is left of a drill: its page, {@code results.json}, JUnit XML and the log of operations; two runs side by side; and a
 * server of them all. Start with {@link dev.meridian.chaos.report.ResultFiles}.
 */
@NullMarked
package dev.meridian.chaos.report;

import org.jspecify.annotations.NullMarked;
