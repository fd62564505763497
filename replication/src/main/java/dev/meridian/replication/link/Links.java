package dev.meridian.replication.link;

/** This region's links. */
@FunctionalInterface
public interface Links {

    /** The link to a peer, whether or not it can be reached. */
    Link to(String region);
}
