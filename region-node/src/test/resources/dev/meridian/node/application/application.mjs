// A small application of the JavaScript SDK: a game's players, by every feature of a table. Fails where it is wrong.
import assert from "node:assert/strict";
import * as db from "@aws-sdk/client-dynamodb";
import * as streaming from "@aws-sdk/client-dynamodb-streams";
import * as doc from "@aws-sdk/lib-dynamodb";

const [endpoint, name] = process.argv.slice(2);
const options = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  maxAttempts: 2,
};
const client = new db.DynamoDBClient(options);
const streams = new streaming.DynamoDBStreamsClient(options);
const documents = doc.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const send = (command) => documents.send(command);
const step = (text) => console.log(text);
const all = async (pages, of) => {
  const items = [];
  for await (const page of pages) items.push(...page[of]);
  return items;
};
const waiting = { client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 };

step("tables and waiters");
await send(
  new db.CreateTableCommand({
    TableName: name,
    BillingMode: "PROVISIONED",
    ProvisionedThroughput: { ReadCapacityUnits: 1000, WriteCapacityUnits: 1000 },
    AttributeDefinitions: [
      { AttributeName: "game", AttributeType: "S" },
      { AttributeName: "player", AttributeType: "S" },
      { AttributeName: "score", AttributeType: "N" },
    ],
    KeySchema: [
      { AttributeName: "game", KeyType: "HASH" },
      { AttributeName: "player", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "by-score",
        KeySchema: [
          { AttributeName: "game", KeyType: "HASH" },
          { AttributeName: "score", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
        ProvisionedThroughput: { ReadCapacityUnits: 1000, WriteCapacityUnits: 1000 },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    DeletionProtectionEnabled: true,
    Tags: [{ Key: "game", Value: "chess" }],
  }),
);
await db.waitUntilTableExists(waiting, { TableName: name });
const { Table } = await send(new db.DescribeTableCommand({ TableName: name }));
assert.equal(Table.DeletionProtectionEnabled, true);

step("items");
const player = {
  game: "chess",
  player: "ann",
  score: 10,
  tags: new Set(["fast", "bold"]),
  wins: [1, 2, { against: "bob" }],
  profile: { city: "Åbo", online: true, title: null },
  avatar: new Uint8Array([0, 255]),
};
await send(new doc.PutCommand({ TableName: name, Item: player, ConditionExpression: "attribute_not_exists(game)" }));
const { Item } = await send(
  new doc.GetCommand({ TableName: name, Key: { game: "chess", player: "ann" }, ConsistentRead: true }),
);
assert.deepEqual({ ...Item, avatar: new Uint8Array(Item.avatar) }, player);
await assert.rejects(
  send(
    new doc.PutCommand({
      TableName: name,
      Item: player,
      ConditionExpression: "score > :high",
      ExpressionAttributeValues: { ":high": 99 },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    }),
  ),
  (error) => error instanceof db.ConditionalCheckFailedException && error.Item.score.N === "10",
);

step("expressions");
const updated = await send(
  new doc.UpdateCommand({
    TableName: name,
    Key: { game: "chess", player: "ann" },
    UpdateExpression: "SET score = score + :n, wins = list_append(wins, :more) REMOVE profile.title DELETE tags :fast",
    ExpressionAttributeValues: { ":n": 5, ":more": [3], ":fast": new Set(["fast"]) },
    ReturnValues: "ALL_NEW",
  }),
);
assert.equal(updated.Attributes.score, 15);
assert.deepEqual(updated.Attributes.wins, [1, 2, { against: "bob" }, 3]);
assert.deepEqual(updated.Attributes.tags, new Set(["bold"]));

step("batches and paginators");
for (let from = 0; from < 50; from += 25) {
  const puts = Array.from({ length: 25 }, (none, i) => ({
    PutRequest: { Item: { game: "go", player: `p${from + i}`, score: from + i } },
  }));
  const { UnprocessedItems } = await send(new doc.BatchWriteCommand({ RequestItems: { [name]: puts } }));
  assert.deepEqual(UnprocessedItems, {});
}
const got = await send(
  new doc.BatchGetCommand({
    RequestItems: { [name]: { Keys: ["p1", "p2", "none"].map((id) => ({ game: "go", player: id })) } },
  }),
);
assert.equal(got.Responses[name].length, 2);
const best = await all(
  doc.paginateQuery(
    { client: documents, pageSize: 7 },
    {
      TableName: name,
      IndexName: "by-score",
      KeyConditionExpression: "game = :g AND score >= :s",
      ExpressionAttributeValues: { ":g": "go", ":s": 20 },
      ScanIndexForward: false,
    },
  ),
  "Items",
);
assert.deepEqual(
  best.map((each) => each.score),
  Array.from({ length: 30 }, (none, i) => 49 - i),
);
const scanned = await all(
  doc.paginateScan({ client: documents, pageSize: 9 }, { TableName: name, FilterExpression: "attribute_exists(score)" }),
  "Items",
);
assert.equal(scanned.length, 51);
assert.ok((await all(db.paginateListTables({ client, pageSize: 1 }, {}), "TableNames")).includes(name));

step("parameters from before there were expressions");
const old = await send(
  new db.QueryCommand({
    TableName: name,
    KeyConditions: { game: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "go" }] } },
    QueryFilter: { score: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "1" }, { N: "3" }] } },
    AttributesToGet: ["player"],
  }),
);
assert.equal(old.Count, 3);

step("transactions");
const write = {
  ClientRequestToken: name.slice(-30),
  TransactItems: [
    { Put: { TableName: name, Item: { game: "go", player: "new", score: 1 } } },
    { Delete: { TableName: name, Key: { game: "go", player: "p0" } } },
  ],
};
await send(new doc.TransactWriteCommand(write));
await send(new doc.TransactWriteCommand(write));
await assert.rejects(
  send(
    new doc.TransactWriteCommand({
      TransactItems: [
        {
          ConditionCheck: {
            TableName: name,
            Key: { game: "go", player: "p0" },
            ConditionExpression: "attribute_exists(game)",
          },
        },
      ],
    }),
  ),
  (error) =>
    error instanceof db.TransactionCanceledException && error.CancellationReasons[0].Code === "ConditionalCheckFailed",
);
const read = await send(
  new doc.TransactGetCommand({
    TransactItems: ["new", "p0"].map((id) => ({ Get: { TableName: name, Key: { game: "go", player: id } } })),
  }),
);
assert.equal(read.Responses[0].Item.score, 1);
assert.equal(read.Responses[1].Item, undefined);

step("PartiQL");
const Statement = `SELECT player FROM "${name}" WHERE game = ? AND player = ?`;
const selected = await send(new doc.ExecuteStatementCommand({ Statement, Parameters: ["go", "p1"] }));
assert.deepEqual(selected.Items, [{ player: "p1" }]);
await send(
  new doc.ExecuteTransactionCommand({
    TransactStatements: [{ Statement: `DELETE FROM "${name}" WHERE game = 'go' AND player = 'p1'` }],
  }),
);
const none = await send(new doc.BatchExecuteStatementCommand({ Statements: [{ Statement, Parameters: ["go", "p1"] }] }));
assert.equal(none.Responses[0].Item, undefined);

step("streams");
const { Streams } = await streams.send(new streaming.ListStreamsCommand({ TableName: name }));
const { StreamArn } = Streams[0];
const { StreamDescription } = await streams.send(new streaming.DescribeStreamCommand({ StreamArn }));
let events = [];
for (const { ShardId } of StreamDescription.Shards) {
  let { ShardIterator } = await streams.send(
    new streaming.GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  for (let records = [true]; ShardIterator && records.length > 0; ) {
    const page = await streams.send(new streaming.GetRecordsCommand({ ShardIterator }));
    records = page.Records;
    events = events.concat(records.map((record) => record.eventName));
    ShardIterator = page.NextShardIterator;
  }
}
assert.deepEqual([...new Set(events)].sort(), ["INSERT", "MODIFY", "REMOVE"]);

step("time to live, tags, policies, limits");
await send(
  new db.UpdateTimeToLiveCommand({
    TableName: name,
    TimeToLiveSpecification: { Enabled: true, AttributeName: "until" },
  }),
);
const ttl = await send(new db.DescribeTimeToLiveCommand({ TableName: name }));
assert.equal(ttl.TimeToLiveDescription.AttributeName, "until");
await send(new db.TagResourceCommand({ ResourceArn: Table.TableArn, Tags: [{ Key: "env", Value: "test" }] }));
const tags = await send(new db.ListTagsOfResourceCommand({ ResourceArn: Table.TableArn }));
assert.deepEqual(tags.Tags.map((tag) => tag.Key).sort(), ["env", "game"]);
const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "dynamodb:GetItem", Resource: Table.TableArn }],
});
await send(new db.PutResourcePolicyCommand({ ResourceArn: Table.TableArn, Policy }));
const policy = await send(new db.GetResourcePolicyCommand({ ResourceArn: Table.TableArn }));
assert.deepEqual(JSON.parse(policy.Policy), JSON.parse(Policy));
assert.ok((await send(new db.DescribeLimitsCommand({}))).AccountMaxReadCapacityUnits > 0);

step("deletion");
await assert.rejects(send(new db.DeleteTableCommand({ TableName: name })), { name: "ValidationException" });
await send(new db.UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false }));
await send(new db.DeleteTableCommand({ TableName: name }));
await db.waitUntilTableNotExists(waiting, { TableName: name });
console.log("all done");
