package dev.meridian.node.partition;

/** Answers what a partition has decided: once it is durable, or with why it is not. Used on the partition's thread alone. */
final class Answers {

    private final Commits commits;
    private final DurableWrites durableWrites;

    /** {@code durableWrites} learns of this region's own changes once durable. */
    Answers(Commits commits, DurableWrites durableWrites) {
        this.commits = commits;
        this.durableWrites = durableWrites;
    }

    /** A write of this region; one that changed nothing still tells of those before it. */
    void of(PartitionId partition, WriteOutcome outcome, WriteListener listener) {
        if (outcome instanceof WriteOutcome.Written written) {
            commits.commit(written.batch(), written.ticket(), new Commits.End() {
                @Override
                public void durable() {
                    durableWrites.durable(partition, written.change());
                    listener.decided(written);
                }

                @Override
                public void failed(Throwable failure) {
                    listener.failed(failure);
                }
            });
            return;
        }
        long ticket = outcome instanceof WriteOutcome.Refused refused
                ? refused.ticket()
                : ((WriteOutcome.Unchanged) outcome).ticket();
        commits.onceDurable(ticket, new Commits.End() {
            @Override
            public void durable() {
                listener.decided(outcome);
            }

            @Override
            public void failed(Throwable failure) {
                listener.failed(failure);
            }
        });
    }

    /** What came from another region, or is the partition's own upkeep. */
    void of(PartitionId partition, ApplyOutcome outcome, PartitionCommand.Upkeep message) {
        if (outcome instanceof ApplyOutcome.Gap gap) {
            message.replyTo().tell(new Applied.Gap(partition, message.tag(), gap.checkpoint()));
            return;
        }
        ApplyOutcome.Merged merged = (ApplyOutcome.Merged) outcome;
        commits.commit(merged.batch(), merged.ticket(), new Commits.End() {
            @Override
            public void durable() {
                message.replyTo().tell(new Applied.Merged(partition, message.tag(), merged));
            }

            @Override
            public void failed(Throwable failure) {
                message.failed(partition, failure);
            }
        });
    }

    /** What nobody waits for: what could not be written is still to be done once the partition has recovered. */
    void unheard(ApplyOutcome.Merged merged) {
        commits.commit(merged.batch(), merged.ticket(), new Commits.End() {
            @Override
            public void durable() {
                // The rest, if there is one, comes the next time.
            }

            @Override
            public void failed(Throwable failure) {
                // It is tried again.
            }
        });
    }

    /** A partition's part of a transaction; {@code settled} is told of the end of a commit that failed. */
    Share share(PartitionId partition, TransactionPart.Decided decided, Runnable settled) {
        return new Share(commits.fence(), decided, new Share.Ended() {
            @Override
            public void durable() {
                decided.changes().forEach(change -> durableWrites.durable(partition, change));
            }

            @Override
            public void settled() {
                settled.run();
            }
        });
    }
}
