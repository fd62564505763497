"""A small application of boto3: a shop's orders, by every feature of a table. Prints what it does; fails where it is wrong."""

import sys
import time
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, name = sys.argv[1], sys.argv[2]
options = dict(
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="secret",
    config=Config(retries={"max_attempts": 2}),
)
client = boto3.client("dynamodb", **options)
streams = boto3.client("dynamodbstreams", **options)
dynamodb = boto3.resource("dynamodb", **options)


def step(text):
    print(text, flush=True)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError("not refused: " + code)


step("tables and waiters")
table = dynamodb.create_table(
    TableName=name,
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[
        {"AttributeName": "customer", "AttributeType": "S"},
        {"AttributeName": "order", "AttributeType": "N"},
        {"AttributeName": "placed", "AttributeType": "S"},
    ],
    KeySchema=[
        {"AttributeName": "customer", "KeyType": "HASH"},
        {"AttributeName": "order", "KeyType": "RANGE"},
    ],
    LocalSecondaryIndexes=[
        {
            "IndexName": "by-placed",
            "KeySchema": [
                {"AttributeName": "customer", "KeyType": "HASH"},
                {"AttributeName": "placed", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    Tags=[{"Key": "team", "Value": "orders"}],
)
client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
table.reload()
assert table.table_status == "ACTIVE"
assert name in [each.name for each in dynamodb.tables.all()]
refused("ResourceInUseException", client.create_table, TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])

step("an index made later")
client.update_table(
    TableName=name,
    AttributeDefinitions=[{"AttributeName": "state", "AttributeType": "S"}],
    GlobalSecondaryIndexUpdates=[
        {
            "Create": {
                "IndexName": "by-state",
                "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["amount"]},
            }
        }
    ],
)
deadline = time.monotonic() + 60
while True:
    indexes = client.describe_table(TableName=name)["Table"].get("GlobalSecondaryIndexes", [])
    if indexes and indexes[0]["IndexStatus"] == "ACTIVE":
        break
    assert time.monotonic() < deadline, indexes

step("items of every type")
order = {
    "customer": "ann",
    "order": 1,
    "placed": "2026-01-01",
    "state": "new",
    "amount": Decimal("12.50"),
    "paid": False,
    "note": None,
    "basket": [{"sku": "a-1", "count": 2}, {"sku": "b-2", "count": 1}],
    "labels": {"gift", "fast"},
    "ratings": {Decimal(1), Decimal("2.5")},
    "hashes": {b"\x00\x01", b"\xff"},
    "raw": b"\x00\xff",
    "address": {"city": "Åbo", "zip": ""},
}
table.put_item(Item=order)
found = table.get_item(Key={"customer": "ann", "order": 1}, ConsistentRead=True, ReturnConsumedCapacity="TOTAL")
raw = found["Item"].pop("raw")
assert raw.value == order["raw"]
hashes = {each.value for each in found["Item"].pop("hashes")}
assert hashes == order["hashes"]
assert found["Item"] == {key: value for key, value in order.items() if key not in ("raw", "hashes")}, found["Item"]
assert found["ConsumedCapacity"]["CapacityUnits"] == 1.0

step("expressions")
changed = table.update_item(
    Key={"customer": "ann", "order": 1},
    UpdateExpression="SET #s = :paid, address.zip = :zip, basket[0].#c = basket[0].#c + :one REMOVE note "
    "ADD visits :one DELETE labels :fast",
    ConditionExpression=Attr("state").eq("new") & Attr("basket").size().gt(1),
    ExpressionAttributeNames={"#s": "state", "#c": "count"},
    ExpressionAttributeValues={":paid": "paid", ":zip": "20100", ":one": 1, ":fast": {"fast"}},
    ReturnValues="ALL_NEW",
)["Attributes"]
assert changed["state"] == "paid" and changed["labels"] == {"gift"} and changed["visits"] == 1
assert changed["basket"][0]["count"] == 3 and "note" not in changed
refused("ConditionalCheckFailedException", table.put_item, Item={"customer": "ann", "order": 1},
        ConditionExpression=Attr("customer").not_exists())
part = table.get_item(Key={"customer": "ann", "order": 1}, ProjectionExpression="address.city, #l[1]",
                      ExpressionAttributeNames={"#l": "basket"})["Item"]
assert part == {"address": {"city": "Åbo"}, "basket": [{"sku": "b-2", "count": 1}]}, part

step("batches")
with table.batch_writer(overwrite_by_pkeys=["customer", "order"]) as batch:
    for number in range(60):
        batch.put_item(Item={"customer": "bob", "order": number, "placed": "2026-02-%02d" % (number % 28 + 1),
                             "state": "new" if number % 2 else "sent", "amount": number, "fill": "x" * 1000})
    batch.delete_item(Key={"customer": "bob", "order": 59})
got = dynamodb.batch_get_item(
    RequestItems={name: {"Keys": [{"customer": "bob", "order": n} for n in (1, 2, 59)]}})
assert len(got["Responses"][name]) == 2 and not got["UnprocessedKeys"]

step("queries, scans and paginators")
answer = table.query(KeyConditionExpression=Key("customer").eq("bob") & Key("order").between(10, 19),
                     FilterExpression=Attr("state").eq("sent"), ScanIndexForward=False)
assert [int(item["order"]) for item in answer["Items"]] == [18, 16, 14, 12, 10]
assert answer["ScannedCount"] == 10
answer = table.query(IndexName="by-placed",
                     KeyConditionExpression=Key("customer").eq("bob") & Key("placed").begins_with("2026-02-0"))
assert answer["Count"] == 21, answer["Count"]
answer = table.query(IndexName="by-state", KeyConditionExpression=Key("state").eq("sent"))
assert answer["Count"] == 30 and set(answer["Items"][0]) == {"customer", "order", "state", "amount"}
pages = list(client.get_paginator("query").paginate(
    TableName=name, KeyConditionExpression="customer = :c", ExpressionAttributeValues={":c": {"S": "bob"}},
    PaginationConfig={"PageSize": 25}))
assert [page["Count"] for page in pages] == [25, 25, 9]
items = [item for segment in range(4) for page in client.get_paginator("scan").paginate(
    TableName=name, Segment=segment, TotalSegments=4, PaginationConfig={"PageSize": 7}) for item in page["Items"]]
assert len(items) == 60, len(items)
assert name in [each for page in client.get_paginator("list_tables").paginate(
    PaginationConfig={"PageSize": 1}) for each in page["TableNames"]]

step("parameters from before there were expressions")
assert client.query(TableName=name, Select="COUNT", KeyConditions={
    "customer": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "bob"}]},
    "order": {"ComparisonOperator": "LT", "AttributeValueList": [{"N": "5"}]}},
    QueryFilter={"state": {"ComparisonOperator": "NE", "AttributeValueList": [{"S": "new"}]}})["Count"] == 3
client.update_item(TableName=name, Key={"customer": {"S": "bob"}, "order": {"N": "1"}},
                   AttributeUpdates={"seen": {"Action": "ADD", "Value": {"N": "2"}}, "fill": {"Action": "DELETE"}},
                   Expected={"state": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "new"}]}})
assert client.get_item(TableName=name, Key={"customer": {"S": "bob"}, "order": {"N": "1"}},
                       AttributesToGet=["seen", "fill"])["Item"] == {"seen": {"N": "2"}}

step("transactions")
client.transact_write_items(ClientRequestToken=name[-36:], TransactItems=[
    {"Put": {"TableName": name, "Item": {"customer": {"S": "cy"}, "order": {"N": "1"}, "amount": {"N": "5"}}}},
    {"Update": {"TableName": name, "Key": {"customer": {"S": "bob"}, "order": {"N": "2"}},
                "UpdateExpression": "SET amount = amount - :n", "ExpressionAttributeValues": {":n": {"N": "5"}}}},
    {"ConditionCheck": {"TableName": name, "Key": {"customer": {"S": "ann"}, "order": {"N": "1"}},
                        "ConditionExpression": "attribute_exists(customer)"}}])
answer = refused("TransactionCanceledException", client.transact_write_items, TransactItems=[
    {"Delete": {"TableName": name, "Key": {"customer": {"S": "cy"}, "order": {"N": "1"}}}},
    {"Put": {"TableName": name, "Item": {"customer": {"S": "ann"}, "order": {"N": "1"}},
             "ConditionExpression": "attribute_not_exists(customer)",
             "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}])
assert [reason["Code"] for reason in answer["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
both = client.transact_get_items(TransactItems=[
    {"Get": {"TableName": name, "Key": {"customer": {"S": "cy"}, "order": {"N": "1"}}}},
    {"Get": {"TableName": name, "Key": {"customer": {"S": "bob"}, "order": {"N": "2"}}}}])["Responses"]
assert [each["Item"]["amount"]["N"] for each in both] == ["5", "-3"], both

step("PartiQL")
client.execute_statement(Statement='INSERT INTO "%s" VALUE {\'customer\': ?, \'order\': 7}' % name,
                         Parameters=[{"S": "dee"}])
client.execute_statement(Statement='UPDATE "%s" SET amount = 9 WHERE customer = \'dee\' AND "order" = 7' % name)
found = client.execute_statement(Statement='SELECT amount FROM "%s" WHERE customer = ? AND "order" = ?' % name,
                                 Parameters=[{"S": "dee"}, {"N": "7"}])["Items"]
assert found == [{"amount": {"N": "9"}}], found
many = client.batch_execute_statement(Statements=[
    {"Statement": 'SELECT * FROM "%s" WHERE customer = \'dee\' AND "order" = 7' % name},
    {"Statement": 'SELECT * FROM "%s" WHERE customer = \'dee\' AND "order" = 8' % name}])["Responses"]
assert "Item" in many[0] and "Item" not in many[1]
client.execute_transaction(TransactStatements=[
    {"Statement": 'DELETE FROM "%s" WHERE customer = \'dee\' AND "order" = 7' % name}])

step("streams")
arn = streams.list_streams(TableName=name)["Streams"][0]["StreamArn"]
names, keys = [], set()
for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"],
                                          ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    records = None
    while iterator and records != []:
        answer = streams.get_records(ShardIterator=iterator, Limit=20)
        records, iterator = answer["Records"], answer.get("NextShardIterator")
        names += [record["eventName"] for record in records]
        keys |= {record["dynamodb"]["Keys"]["customer"]["S"] for record in records}
assert {"INSERT", "MODIFY", "REMOVE"} <= set(names) and {"ann", "bob", "cy", "dee"} <= keys, (names, keys)

step("time to live, tags, limits")
client.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"})
assert client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["AttributeName"] == "until"
client.tag_resource(ResourceArn=table.table_arn, Tags=[{"Key": "env", "Value": "test"}])
client.untag_resource(ResourceArn=table.table_arn, TagKeys=["team"])
assert client.list_tags_of_resource(ResourceArn=table.table_arn)["Tags"] == [{"Key": "env", "Value": "test"}]
assert client.describe_limits()["TableMaxReadCapacityUnits"] > 0
assert client.describe_endpoints()["Endpoints"]
assert client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]

step("deletion")
table.delete_item(Key={"customer": "ann", "order": 1})
table.delete()
client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
refused("ResourceNotFoundException", client.describe_table, TableName=name)
print("all done")
