package dev.meridian.chaos.virtual;

/**
 * What a virtual world is like besides what its drill says.
 *
 * @param lossRatio the share of messages lost on every link
 * @param batchRecords how many records an answer to a pull carries at most
 */
public record VirtualSetting(double lossRatio, int batchRecords) {

    private static final int BATCH_RECORDS = 20;

    /** Nothing is lost. */
    public static final VirtualSetting USUAL = new VirtualSetting(0, BATCH_RECORDS);

    public VirtualSetting {
        if (!(lossRatio >= 0 && lossRatio <= 1) || batchRecords < 1) {
            throw new IllegalArgumentException("loss lies between 0 and 1, and a batch has a record or more");
        }
    }

    VirtualSetting withLoss(double ratio) {
        return new VirtualSetting(ratio, batchRecords);
    }

    VirtualSetting withBatch(int records) {
        return new VirtualSetting(lossRatio, records);
    }
}
