/**
 * A region's catalogue: its tables, their replicas and states, event-sourced.
 * {@link dev.meridian.node.catalogue.CatalogueState} is pure; {@link dev.meridian.node.catalogue.CatalogueActor} persists
 * it; {@link dev.meridian.node.catalogue.Catalogue} is what everybody reads.
 */
@NullMarked
package dev.meridian.node.catalogue;

import org.jspecify.annotations.NullMarked;
