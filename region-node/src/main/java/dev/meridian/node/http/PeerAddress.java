package dev.meridian.node.http;

/** Where a region's door is. */
public record PeerAddress(String host, int port) {}
