package dev.meridian.gatling.bench;

/**
 * What is asked of a server.
 *
 * @param operation its name in the API
 * @param body JSON, all of it ASCII
 */
record Request(String operation, String body) {}
