package dev.meridian.node.application;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/** An item as the Enhanced Client maps it: keys of a table and two indexes, a version, a counter, and nested values. */
@DynamoDbBean
public class Parcel {

    private String depot = "";
    private int number;
    private String state = "new";
    private double weight;
    private @Nullable Long version;
    private @Nullable Long changes;
    private List<String> stops = List.of();
    private Set<String> labels = Set.of("none");
    private Map<String, String> address = Map.of();

    public static Parcel of(String depot, int number, String state, double weight) {
        Parcel parcel = new Parcel();
        parcel.depot = depot;
        parcel.number = number;
        parcel.state = state;
        parcel.weight = weight;
        return parcel;
    }

    @DynamoDbPartitionKey
    @DynamoDbSecondaryPartitionKey(indexNames = "by-weight")
    public String getDepot() {
        return depot;
    }

    public void setDepot(String depot) {
        this.depot = depot;
    }

    @DynamoDbSortKey
    public int getNumber() {
        return number;
    }

    public void setNumber(int number) {
        this.number = number;
    }

    @DynamoDbSecondaryPartitionKey(indexNames = "by-state")
    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    @DynamoDbSecondarySortKey(indexNames = {"by-state", "by-weight"})
    public double getWeight() {
        return weight;
    }

    public void setWeight(double weight) {
        this.weight = weight;
    }

    @DynamoDbVersionAttribute
    public @Nullable Long getVersion() {
        return version;
    }

    public void setVersion(@Nullable Long version) {
        this.version = version;
    }

    @DynamoDbAtomicCounter
    public @Nullable Long getChanges() {
        return changes;
    }

    public void setChanges(@Nullable Long changes) {
        this.changes = changes;
    }

    public List<String> getStops() {
        return stops;
    }

    public void setStops(List<String> stops) {
        this.stops = List.copyOf(stops);
    }

    public Set<String> getLabels() {
        return labels;
    }

    public void setLabels(Set<String> labels) {
        this.labels = Set.copyOf(labels);
    }

    public Map<String, String> getAddress() {
        return address;
    }

    public void setAddress(Map<String, String> address) {
        this.address = Map.copyOf(address);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parcel parcel && depot.equals(parcel.depot) && number == parcel.number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(depot, number);
    }

    @Override
    public String toString() {
        return depot + "/" + number;
    }
}
