package dev.meridian.storage.leveldb;

/** What the chain told when a store was opened. */
public sealed interface Verification {

    /** Everything acknowledged is there, up to this group commit. */
    record Intact(long group) implements Verification {}

    /** Something acknowledged is missing or changed. */
    record Damaged(String finding) implements Verification {}
}
